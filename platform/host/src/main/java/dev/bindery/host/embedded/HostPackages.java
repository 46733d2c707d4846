package dev.bindery.host.embedded;

import dev.bindery.api.PackageManager;
import dev.bindery.host.Home;
import dev.bindery.host.generation.InstanceFolders;
import dev.bindery.host.generation.Packages;
import dev.bindery.host.notification.EventLog;
import dev.bindery.host.packages.InstancePackages;
import java.util.List;

/** Gives each instance a package manager that writes to its own folders only. */
final class HostPackages implements Packages {
    private final Home home;
    private final EventLog events;

    HostPackages(Home home, EventLog events) {
        this.home = home;
        this.events = events;
    }

    @Override
    public PackageManager of(String binding, InstanceFolders folders) {
        return new AnnouncedPackages(
                binding,
                new InstancePackages(
                        home.cache(),
                        Libraries.folder(home, binding),
                        List.of(folders.data(), folders.models())),
                events);
    }
}
