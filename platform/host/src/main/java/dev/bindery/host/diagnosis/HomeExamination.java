package dev.bindery.host.diagnosis;

import dev.bindery.host.Finding;
import dev.bindery.host.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Looks at a home: its folders, who may read and write them, and the room on its disk. */
public final class HomeExamination {
    private static final String SUBJECT = "home";
    private static final long SCARCE = 512L << 20;
    private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE,
                    PosixFilePermission.OTHERS_EXECUTE);

    private final Home home;
    private final List<Finding> findings = new ArrayList<>();

    private HomeExamination(Home home) {
        this.home = home;
    }

    public static List<Finding> of(Home home) {
        HomeExamination examination = new HomeExamination(home);
        examination.java();
        examination.home();
        return List.copyOf(examination.findings);
    }

    private void java() {
        findings.add(
                Finding.fine(
                        "java",
                        "Java %s of %s, in %s"
                                .formatted(
                                        Runtime.version(),
                                        System.getProperty("java.vendor"),
                                        System.getProperty("java.home"))));
    }

    private void home() {
        if (!Files.isDirectory(home.root())) {
            findings.add(
                    Finding.note(
                            SUBJECT,
                            "there is no home at %s yet".formatted(home.root()),
                            "the first `bindery run` makes it; name another with --home"));
            return;
        }
        int before = findings.size();
        List.of(home.root(), home.state(), home.cache(), home.data(), home.logs())
                .forEach(this::writable);
        readable(home.instances());
        dropFolder();
        ownersAlone(home.secrets());
        ownersAlone(home.adminToken());
        if (findings.size() == before) {
            findings.add(
                    Finding.fine(
                            SUBJECT,
                            "%s, with the folders and permissions that it needs"
                                    .formatted(home.root())));
        }
        disk();
    }

    private void writable(Path folder) {
        if (Files.exists(folder) && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
            problem(
                    "%s is not a folder that this user can write to".formatted(folder),
                    "make it one, or run as its owner; its permissions: ls -ld %s"
                            .formatted(folder));
        }
    }

    private void readable(Path folder) {
        if (Files.exists(folder) && !(Files.isDirectory(folder) && Files.isReadable(folder))) {
            problem(
                    "%s is not a folder that this user can read".formatted(folder),
                    "its permissions: ls -ld %s".formatted(folder));
        }
    }

    private void dropFolder() {
        Path folder = home.bindings();
        readable(folder);
        if (!permissions(folder, WRITE_OF_OTHERS).isEmpty()) {
            problem(
                    "others can write to the drop folder %s, and a jar there runs with your rights"
                            .formatted(folder),
                    "close it: chmod go-w %s".formatted(folder));
        }
    }

    private void ownersAlone(Path file) {
        if (!permissions(file, OTHERS).isEmpty()) {
            problem(
                    "%s holds secrets, and others than its owner may come at it".formatted(file),
                    "close it: chmod go-rwx %s".formatted(file));
        }
    }

    /** Which of these permissions a file has; none where there is no file, or no such thing. */
    private static Set<PosixFilePermission> permissions(
            Path file, Set<PosixFilePermission> wanted) {
        if (!Files.exists(file)
                || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Set.of();
        }
        try {
            Set<PosixFilePermission> found = EnumSet.copyOf(wanted);
            found.retainAll(Files.getPosixFilePermissions(file));
            return found;
        } catch (IOException e) {
            return Set.of();
        }
    }

    private void disk() {
        try {
            long free = Files.getFileStore(home.root()).getUsableSpace();
            String message = "%d MB are free on the disk of the home".formatted(free >> 20);
            if (free < SCARCE) {
                findings.add(
                        Finding.problem(
                                "disk",
                                message,
                                "make room: models lie in %s, and %s may be deleted while no host runs"
                                        .formatted(home.models(), home.cache())));
            } else {
                findings.add(Finding.fine("disk", message));
            }
        } catch (IOException e) {
            findings.add(
                    Finding.problem(
                            "disk",
                            "the room on the disk of the home cannot be read: " + e,
                            "see whether the disk is still there"));
        }
    }

    private void problem(String message, String advice) {
        findings.add(Finding.problem(SUBJECT, message, advice));
    }
}
