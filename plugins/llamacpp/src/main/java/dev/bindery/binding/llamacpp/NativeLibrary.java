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
    private final boolean offloads;

    private NativeLibrary(Path file) {
        memory = NativeMemory.of(file);
        offloads = NativeMemory.flag(file, "llama_supports_gpu_offload").orElse(true);
    }

    /** Whether it can use a graphics card; where that cannot be told it is left to llama.cpp. */
    boolean offloads() {
        return offloads;
    }

    /** What frees models, where that can be done. */
    Optional<NativeMemory> memory() {
        return memory;
    }

    /**
     * @param own a library built by the operator, in its place; empty for none
     * @param folders where to unpack it; the first that does is taken
     * @throws BindingException NOT_CONFIGURED, saying what is in the way and what to do
     */
    static synchronized NativeLibrary load(String own, List<Path> folders) {
        if (loaded == null) {
            loaded =
                    own.isEmpty()
                            ? loadFrom(folders)
                            : loadOwn(Path.of(own).toAbsolutePath(), folders);
        }
        return loaded;
    }

    private static NativeLibrary loadOwn(Path file, List<Path> folders) {
        String name = System.mapLibraryName("jllama");
        try {
            if (!file.endsWith(name)) {
                throw new IOException("the file must be called " + name);
            }
            return loaded(file, folders.getFirst());
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new BindingException(
                    ErrorCode.NOT_CONFIGURED,
                    "the native library %s, in the setting native_library, cannot be loaded: %s"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    @SuppressWarnings("restricted") // to load native code is what this is for
    private static NativeLibrary loaded(Path file, Path folder) throws IOException {
        System.setProperty("de.kherud.llama.lib.path", String.valueOf(file.getParent()));
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        System.setProperty("de.kherud.llama.tmpdir", scratch.toString());
        System.load(file.toString());
        return new NativeLibrary(file);
    }

    private static NativeLibrary loadFrom(List<Path> folders) {
        String name = System.mapLibraryName("jllama");
        List<String> problems = new ArrayList<>();
        for (Path folder : folders) {
            try {
                return loaded(unpack(folder, name), folder);
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
