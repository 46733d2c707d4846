package dev.bindery.server.cost;

import dev.bindery.api.Price;
import dev.bindery.host.Finding;
import dev.bindery.host.ServedModel;
import dev.bindery.server.account.Pricing;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's prices, from {@code conf/prices.json}, before those that bindings tell. The file
 * is read again when it changes; while it is wrong, what it said before holds. Safe for all
 * threads.
 */
public final class PriceList implements Pricing {
    private static final Logger LOG = LoggerFactory.getLogger(PriceList.class);
    private static final int DEPTH = 10;
    private static final double MOST = 1e9;
    private static final String ANY = "*";
    private static final String SUBJECT = "prices";

    private final Path file;
    private volatile Read last = new Read("", Map.of());

    private record Read(String stamp, Map<String, Price> prices) {}

    PriceList(Path file) {
        this.file = file;
    }

    /** The list of a home; there need not be one. */
    public static PriceList of(Path home) {
        return new PriceList(home.resolve("conf").resolve("prices.json"));
    }

    /** What is to be said of the list of a home; nothing where there is none. */
    public static Optional<Finding> examine(Path home) {
        PriceList list = of(home);
        try {
            int count = list.parsed().size();
            return Optional.of(Finding.fine(SUBJECT, count + " in " + list.file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | Refusal | IllegalArgumentException e) {
            return Optional.of(
                    Finding.problem(
                            SUBJECT,
                            "%s is wrong: %s".formatted(list.file, reason(e)),
                            "correct it; until then the prices hold that it named before, or none after a start"));
        }
    }

    /** By the model's whole name, else by the longest beginning that ends in a star. */
    @Override
    public Optional<Price> of(ServedModel model) {
        Map<String, Price> prices = current();
        Price found = prices.get(model.id());
        for (int end = model.id().length(); found == null && end >= 0; end--) {
            found = prices.get(model.id().substring(0, end) + ANY);
        }
        return Optional.ofNullable(found).or(() -> model.info().price());
    }

    private Map<String, Price> current() {
        String stamp = stamp();
        Read known = last;
        return known.stamp.equals(stamp) ? known.prices : read(stamp);
    }

    private String stamp() {
        if (!Files.exists(file)) {
            return "";
        }
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return "%s %d %s".formatted(is.lastModifiedTime(), is.size(), is.fileKey());
        } catch (IOException _) {
            return "";
        }
    }

    private synchronized Map<String, Price> read(String stamp) {
        if (!last.stamp.equals(stamp)) {
            last = new Read(stamp, readOr(last.prices));
        }
        return last.prices;
    }

    private Map<String, Price> readOr(Map<String, Price> before) {
        try {
            return parsed();
        } catch (NoSuchFileException _) {
            return Map.of();
        } catch (IOException | Refusal | IllegalArgumentException e) {
            LOG.warn("{} is wrong: {}; the prices before hold", file, reason(e));
            return before;
        }
    }

    /** In words about a file: what reads it reads the bodies of requests, too. */
    private static String reason(Exception e) {
        return String.valueOf(e.getMessage()).replaceFirst("^the body", "it");
    }

    private Map<String, Price> parsed() throws IOException {
        return parse(new JsonBody(DEPTH).object(Files.readAllBytes(file)));
    }

    private static Map<String, Price> parse(Fields root) {
        String usual = Objects.requireNonNullElse(root.text("currency"), "USD");
        Map<String, Price> prices = new HashMap<>();
        for (Map.Entry<String, Element> one : root.required("models").object().all().entrySet()) {
            prices.put(one.getKey(), price(one.getKey(), one.getValue().object(), usual));
        }
        refuse("", root);
        return Map.copyOf(prices);
    }

    private static Price price(String model, Fields fields, String usual) {
        Price price =
                Price.builder(Objects.requireNonNullElse(fields.text("currency"), usual))
                        .input(number(fields, "input"))
                        .cachedInput(number(fields, "cached_input"))
                        .cacheWrite(number(fields, "cache_write"))
                        .output(number(fields, "output"))
                        .build();
        refuse(model + ": ", fields);
        return price;
    }

    private static @Nullable Double number(Fields fields, String name) {
        return fields.number(name, 0, MOST);
    }

    private static void refuse(String where, Fields fields) {
        if (!fields.rest().isEmpty()) {
            throw new IllegalArgumentException(
                    "%sthere is no field %s; a model has input, cached_input, cache_write, output and currency"
                            .formatted(where, String.join(", ", fields.rest().fields().keySet())));
        }
    }
}
