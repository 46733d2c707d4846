package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The role of a container, as ECS and EKS lend it: the variables say at which address, and with
 * which token.
 *
 * @param variables the host's environment
 */
record ContainerRole(Map<String, String> variables, Metadata metadata)
        implements Supplier<Renewed.Lent> {
    private static final String RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    private static final String FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private static final String TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
    private static final String TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
    private static final String ECS = "169.254.170.2";

    /**
     * Those that AWS's SDKs let be asked in clear, beside loopback: ECS, and EKS in both families.
     */
    private static final Set<String> IN_CLEAR = Set.of(ECS, "169.254.170.23", "fd00:ec2::23");

    @Override
    public Renewed.Lent get() {
        HttpUrl address = address();
        String token = token();
        Map<String, String> headers = token.isEmpty() ? Map.of() : Map.of("Authorization", token);
        return Renewed.Lent.of(metadata.get(address, headers), address.host());
    }

    private HttpUrl address() {
        String relative = variable(RELATIVE);
        if (!relative.isEmpty()) {
            return parsed(RELATIVE, "http://" + ECS + relative, relative.startsWith("/"));
        }
        String full = variable(FULL);
        if (full.isEmpty()) {
            throw wrong("neither %s nor %s is set".formatted(RELATIVE, FULL), null);
        }
        HttpUrl address = parsed(FULL, full, true);
        if (!address.isHttps() && !mayBeAskedInClear(address.host())) {
            throw wrong(
                    "%s leads to %s; without https it may be loopback and %s only"
                            .formatted(FULL, address.host(), String.join(", ", IN_CLEAR)),
                    null);
        }
        return address;
    }

    private static HttpUrl parsed(String variable, String text, boolean wellFormed) {
        HttpUrl address = wellFormed ? HttpUrl.parse(text) : null;
        if (address == null) {
            throw wrong(variable + " is no address", null);
        }
        return address;
    }

    private static boolean mayBeAskedInClear(String host) {
        try {
            return IN_CLEAR.contains(host)
                    || Arrays.stream(InetAddress.getAllByName(host))
                            .allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /** Read each time: the file's content is replaced before it ends. */
    private String token() {
        String file = variable(TOKEN_FILE);
        String token = file.isEmpty() ? variable(TOKEN) : read(file);
        if (token.chars().anyMatch(c -> c < ' ')) {
            throw wrong("the authorization token has a line break in it", null);
        }
        return token;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw wrong("%s names %s, which cannot be read".formatted(TOKEN_FILE, file), e);
        }
    }

    private String variable(String name) {
        return variables.getOrDefault(name, "").strip();
    }

    private static BindingException wrong(String what, @Nullable Throwable cause) {
        return new BindingException(
                ErrorCode.NOT_CONFIGURED, "Bedrock has no credentials: " + what, cause);
    }

    /** No secrets. */
    @Override
    public String toString() {
        return "ContainerRole";
    }
}
