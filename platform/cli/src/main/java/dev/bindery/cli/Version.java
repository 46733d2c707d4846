package dev.bindery.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this distribution, as its build wrote it down. */
final class Version implements IVersionProvider {
    static String ofBindery() {
        Properties written = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            written.load(Objects.requireNonNull(in, "version.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.getProperty("version", "");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Bindery " + ofBindery() + " on Java " + Runtime.version()};
    }
}
