package dev.bindery.host.packages;

import dev.bindery.api.BindingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The folders that files may be put into, whatever links lie on the way. */
final class TargetRoots {
    private final List<Path> roots;

    TargetRoots(List<Path> roots) {
        this.roots = roots.stream().map(Path::toAbsolutePath).map(Path::normalize).toList();
    }

    /**
     * The target as a plain path.
     *
     * @throws BindingException INVALID_REQUEST when it lies elsewhere, or is a folder or a link
     */
    Path checked(Path target) {
        Path place = target.toAbsolutePath().normalize();
        try {
            boolean inside = false;
            for (Path root : roots) {
                inside |= isInside(place, root);
            }
            if (!inside || Files.isSymbolicLink(place) || Files.isDirectory(place)) {
                throw refused(target);
            }
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInside(Path place, Path root) throws IOException {
        return place.startsWith(root)
                && !place.equals(root)
                && Files.isDirectory(root)
                && nearestExisting(place).toRealPath().startsWith(root.toRealPath());
    }

    private static Path nearestExisting(Path place) {
        Path folder = place;
        for (Path up = place.getParent(); up != null; up = up.getParent()) {
            folder = up;
            if (Files.exists(up)) {
                break;
            }
        }
        return folder;
    }

    private BindingException refused(Path target) {
        return BindingException.invalidRequest(
                "a file may be put inside %s, not at %s"
                        .formatted(
                                roots.stream()
                                        .map(Path::toString)
                                        .collect(Collectors.joining(" or ")),
                                target));
    }
}
