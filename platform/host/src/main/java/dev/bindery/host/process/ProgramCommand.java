package dev.bindery.host.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Starts the program of a jar: its folder {@code program/} is unpacked into the child's own folder,
 * which is the program's working folder.
 *
 * @param jar the staged jar
 * @param words the program and its arguments; what begins with {@code program/} is a file of the
 *     jar
 * @param memory the most address space of the program, as {@code 512m} or {@code 2g}; absent for no
 *     bound
 */
public record ProgramCommand(Path jar, List<String> words, Optional<String> memory)
        implements ChildCommand {
    private static final String FOLDER = "program/";

    public ProgramCommand {
        words = List.copyOf(words);
    }

    @Override
    public List<String> line(Path scratch) throws IOException {
        unpack(scratch);
        List<String> line = new ArrayList<>(words);
        line.set(0, program(words.getFirst(), scratch));
        memory.ifPresent(most -> line.addAll(0, bounded(most)));
        return line;
    }

    /** The shell sets the bound and then becomes the program. */
    private static List<String> bounded(String memory) {
        long number = Long.parseLong(memory, 0, memory.length() - 1, 10);
        long kibibytes = memory.endsWith("g") ? number << 20 : number << 10;
        return List.of("/bin/sh", "-c", "ulimit -v " + kibibytes + " && exec \"$0\" \"$@\"");
    }

    private void unpack(Path scratch) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith(FOLDER) && !entry.isDirectory()) {
                    unpack(zip, entry, scratch);
                }
            }
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path scratch) throws IOException {
        Path target = scratch.resolve(entry.getName()).normalize();
        if (!target.startsWith(scratch)) {
            throw new IOException("the jar's entry %s lies outside of it".formatted(entry));
        }
        Files.createDirectories(target.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, target);
        }
    }

    /** Zip files do not tell Java which of their files are programs; this one is. */
    private static String program(String name, Path scratch) throws IOException {
        if (name.startsWith(FOLDER)) {
            File program = scratch.resolve(name).toFile();
            if (!program.setExecutable(true)) {
                throw new IOException("%s cannot be made executable".formatted(program));
            }
            return program.toString();
        }
        if (Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe")))
                .noneMatch(Files::isExecutable)) {
            throw new IOException(
                    "it needs %s, which is nowhere on the host's PATH; install it, or start the host with a PATH that has it"
                            .formatted(name));
        }
        return name;
    }
}
