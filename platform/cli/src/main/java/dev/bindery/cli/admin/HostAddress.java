package dev.bindery.cli.admin;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Where a running host listens: as told, as it wrote down in its home, else at the usual place. */
final class HostAddress {
    private static final String USUAL = "http://127.0.0.1:9600";

    private HostAddress() {}

    static HttpUrl of(HomeFolder home, @Nullable String url, Shell shell) {
        String address =
                Optional.ofNullable(url)
                        .or(() -> shell.variable("BINDERY_URL"))
                        .or(() -> written(home))
                        .orElse(USUAL);
        HttpUrl parsed = HttpUrl.parse(address.contains("://") ? address : "http://" + address);
        if (parsed == null) {
            throw new CommandFailure(
                    address + " is no address of a host; one looks like " + USUAL + ".");
        }
        return parsed;
    }

    private static Optional<String> written(HomeFolder home) {
        try {
            String state = Files.readString(home.runningHost());
            return Optional.of(Json.text(Json.parse(state), "address"))
                    .filter(address -> !address.isEmpty());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
