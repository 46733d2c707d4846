package dev.bindery.binding.llamacpp;

import de.kherud.llama.LlamaModel;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts llama.cpp's native library where programs may be run from and loads it, once for the
 * process. Left to itself the library would unpack to one fixed name in the temporary folder,
 * delete what lies there under names like its own, and print to standard output.
 */
final class NativeLibrary {
    private static @Nullable NativeLibrary loaded;

    private final Optional<NativeMemory> memory;

    private NativeLibrary(Path file) {
        memory = NativeMemory.of(file);
    }

    /** What frees models, where that can be done. */
    Optional<NativeMemory> memory() {
        return memory;
    }

    /**
     * @param folders where to unpack it; the first that does is taken
     * @throws BindingException NOT_CONFIGURED, saying what is in the way and what to do
     */
    static synchronized NativeLibrary load(List<Path> folders) {
        if (loaded == null) {
            loaded = loadFrom(folders);
        }
        return loaded;
    }

    @SuppressWarnings("restricted") // to load native code is what this is for
    private static NativeLibrary loadFrom(List<Path> folders) {
        String name = System.mapLibraryName("jllama");
        List<String> problems = new ArrayList<>();
        for (Path folder : folders) {
            try {
                Path file = unpack(folder, name);
                System.setProperty("de.kherud.llama.lib.path", folder.toString());
                Path scratch = Files.createDirectories(folder.resolve("scratch"));
                System.setProperty("de.kherud.llama.tmpdir", scratch.toString());
                System.load(file.toString());
                return new NativeLibrary(file);
            } catch (IOException | UnsatisfiedLinkError e) {
                problems.add(folder + ": " + e.getMessage());
            }
        }
        throw new BindingException(
                ErrorCode.NOT_CONFIGURED,
                "llama.cpp's native library cannot be loaded (%s). If the folder is mounted noexec, set native_folder to one where programs may be run from; if libgomp is missing, install it (Debian: apt install libgomp1)"
                        .formatted(String.join("; ", problems)));
    }

    private static Path unpack(Path folder, String name) throws IOException {
        String resource = "/de/kherud/llama/%s/%s".formatted(platform(), name);
        try (InputStream in = LlamaModel.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("there is no native library for " + platform());
            }
            Files.createDirectories(folder);
            Path beside = Files.createTempFile(folder, "native-", ".part");
            try {
                Files.copy(in, beside, StandardCopyOption.REPLACE_EXISTING);
                return Files.move(
                        beside,
                        folder.resolve(name).toAbsolutePath(),
                        StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name", "");
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String family =
                system.startsWith("Windows")
                        ? "Windows"
                        : system.startsWith("Mac") ? "Mac" : "Linux";
        return family
                + "/"
                + switch (processor) {
                    case "amd64", "x86-64" -> "x86_64";
                    case "arm64" -> "aarch64";
                    case "i386", "i486", "i586", "i686" -> "x86";
                    default -> processor;
                };
    }
}
