package dev.bindery.host.embedded;

import dev.bindery.api.BindingException;
import dev.bindery.api.PackageManager;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.Home;
import dev.bindery.host.lifecycle.InstanceFolders;
import dev.bindery.host.lifecycle.Packages;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Gives each instance its package manager. */
final class HostPackages implements Packages {
    HostPackages(Home home) {}

    @Override
    public PackageManager of(String binding, InstanceFolders folders) {
        return new PackageManager() {
            @Override
            public void install(String c, @Nullable String s, ProgressListener l) {
                throw BindingException.unsupported("packages");
            }

            @Override
            public void download(URI u, @Nullable String s, Path t, ProgressListener l) {
                throw BindingException.unsupported("packages");
            }
        };
    }
}
