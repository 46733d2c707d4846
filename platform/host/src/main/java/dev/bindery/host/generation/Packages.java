package dev.bindery.host.generation;

import dev.bindery.api.PackageManager;

/** Gives each instance the package manager that writes to its folders only. */
@FunctionalInterface
public interface Packages {
    PackageManager of(String binding, InstanceFolders folders);
}
