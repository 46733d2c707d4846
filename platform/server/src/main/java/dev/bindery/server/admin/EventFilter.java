package dev.bindery.server.admin;

import dev.bindery.host.Event;
import dev.bindery.server.http.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which events a client asked for: those of a binding, of an instance, of a type. Several values
 * are separated by commas; an event passes that fits one value of each parameter given.
 */
record EventFilter(List<String> bindings, List<String> instances, List<String> types)
        implements Predicate<Event> {
    static EventFilter of(Exchange exchange) {
        return new EventFilter(
                values(exchange, "binding"),
                values(exchange, "instance"),
                values(exchange, "type"));
    }

    private static List<String> values(Exchange exchange, String parameter) {
        return exchange.query(parameter).stream()
                .flatMap(given -> List.of(given.split(",")).stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    @Override
    public boolean test(Event event) {
        return fits(bindings, event.binding())
                && fits(instances, event.instance())
                && (types.isEmpty()
                        || types.contains(event.type())
                        || types.contains(event.topic()));
    }

    private static boolean fits(List<String> wanted, Optional<String> found) {
        return wanted.isEmpty() || found.filter(wanted::contains).isPresent();
    }
}
