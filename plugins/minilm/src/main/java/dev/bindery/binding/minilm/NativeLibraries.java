package dev.bindery.binding.minilm;

import ai.onnxruntime.OrtEnvironment;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Has the native libraries unpacked into a folder of the operator's choice. Left to themselves they
 * would unpack to the temporary folder, which may be mounted noexec, and to the user's home; and
 * the tokenizer would report its use over the network.
 */
final class NativeLibraries {
    private static final List<String> ONNX_RUNTIME = List.of("onnxruntime", "onnxruntime4j_jni");

    private NativeLibraries() {}

    /** Settles where the libraries go, before any class of theirs is loaded. */
    static void prepare(Path folder) {
        try {
            Path absolute = Files.createDirectories(folder.toAbsolutePath());
            for (String library : ONNX_RUNTIME) {
                unpack(System.mapLibraryName(library), absolute);
            }
            System.setProperty("onnxruntime.native.path", absolute.toString());
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("OPT_OUT_TRACKING", "true");
            System.setProperty("DJL_CACHE_DIR", absolute.resolve("tokenizer").toString());
        } catch (IOException e) {
            throw new BindingException(
                    ErrorCode.NOT_CONFIGURED,
                    "the native libraries cannot be unpacked to %s: %s; set native_folder to a folder that is writable"
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    /**
     * Does what loads them.
     *
     * @throws BindingException NOT_CONFIGURED when this machine cannot run them, with what to do
     */
    static <T> T load(Callable<T> loading) throws Exception {
        try {
            return loading.call();
        } catch (LinkageError e) {
            throw new BindingException(
                    ErrorCode.NOT_CONFIGURED,
                    "the native libraries cannot be loaded (%s). If their folder is mounted noexec, set native_folder to one where programs may be run from"
                            .formatted(reason(e)),
                    e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage());
    }

    private static void unpack(String name, Path folder) throws IOException {
        String resource = "/ai/onnxruntime/native/%s/%s".formatted(platform(), name);
        try (InputStream in = OrtEnvironment.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("there is none for " + platform());
            }
            Path beside = Files.createTempFile(folder, "native-", ".part");
            try {
                Files.copy(in, beside, StandardCopyOption.REPLACE_EXISTING);
                Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String family =
                system.startsWith("windows") ? "win" : system.startsWith("mac") ? "osx" : "linux";
        return family
                + "-"
                + (processor.equals("amd64") ? "x64" : processor.replace("x86_64", "x64"));
    }
}
