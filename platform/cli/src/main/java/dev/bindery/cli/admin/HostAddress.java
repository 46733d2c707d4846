package dev.bindery.cli.admin;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Where a running host listens: as told, as it wrote down in its home, else at the usual place. */
final class HostAddress {
    private static final String USUAL = "http://127.0.0.1:9600";

    private HostAddress() {}

    static HttpUrl of(WrittenHost host, @Nullable String url, Shell shell) {
        String address =
                Optional.ofNullable(url)
                        .or(() -> shell.variable("BINDERY_URL"))
                        .or(host::address)
                        .orElse(USUAL);
        HttpUrl parsed = HttpUrl.parse(address.contains("://") ? address : "http://" + address);
        if (parsed == null) {
            throw new CommandFailure(
                    address + " is no address of a host; one looks like " + USUAL + ".");
        }
        return parsed;
    }
}
