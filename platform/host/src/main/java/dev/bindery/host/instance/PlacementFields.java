package dev.bindery.host.instance;

import dev.bindery.api.Isolation;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.Placement;
import dev.bindery.host.document.YamlFields;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where an instance's code runs, as its file and as changes say it. */
final class PlacementFields {
    private PlacementFields() {}

    /**
     * @throws dev.bindery.host.document.DocumentException naming the line of what is wrong
     */
    static Placement read(YamlFields fields) {
        Optional<Isolation> isolation = Optional.empty();
        try {
            isolation = fields.text("isolation").map(PlacementFields::isolation);
        } catch (HostException e) {
            throw fields.problem("isolation", e.getMessage());
        }
        try {
            return new Placement(isolation, fields.text("memory"));
        } catch (HostException e) {
            throw fields.problem("memory", e.getMessage());
        }
    }

    /** What is there already, with what is to change on it. */
    static Placement changed(Placement before, InstanceChange change) {
        return new Placement(
                change.isolation().isPresent()
                        ? change.isolation()
                                .filter(text -> !text.isEmpty())
                                .map(PlacementFields::isolation)
                        : before.isolation(),
                change.memory().or(before::memory).filter(text -> !text.isEmpty()));
    }

    private static Isolation isolation(String name) {
        return Isolation.ofYamlName(name)
                .orElseThrow(() ->
                        HostException.invalid(
                                "isolation: found `%s`, allowed: %s"
                                        .formatted(
                                                name,
                                                Arrays.stream(Isolation.values())
                                                        .map(Isolation::yamlName)
                                                        .collect(Collectors.joining(", ")))));
    }
}
