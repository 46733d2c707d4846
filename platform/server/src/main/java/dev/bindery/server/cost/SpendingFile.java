package dev.bindery.server.cost;

import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Totals as a file, replaced as a whole. */
final class SpendingFile {
    private static final Logger LOG = LoggerFactory.getLogger(SpendingFile.class);
    private static final int DEPTH = 10;
    private static final double MOST = 1e15;

    private final Path file;

    SpendingFile(Path file) {
        this.file = file;
    }

    /** By instance and model; one that cannot be read is put aside, and counting begins anew. */
    Map<String, Map<String, ModelTotal>> read() {
        try {
            return parse(new JsonBody(DEPTH).object(Files.readAllBytes(file)));
        } catch (NoSuchFileException _) {
            return new TreeMap<>();
        } catch (IOException | Refusal e) {
            Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
            LOG.warn(
                    "{} cannot be read ({}); what was spent is counted anew, the file is kept as {}",
                    file,
                    e.getMessage(),
                    aside.getFileName());
            putAside(aside);
            return new TreeMap<>();
        }
    }

    private void putAside(Path aside) {
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("{} stays where it is", file, e);
        }
    }

    private static Map<String, Map<String, ModelTotal>> parse(Fields root) {
        Map<String, Map<String, ModelTotal>> totals = new TreeMap<>();
        root.required("instances")
                .object()
                .all()
                .forEach((instance, models) -> {
                    Map<String, ModelTotal> ofModels = new TreeMap<>();
                    models.object()
                            .all()
                            .forEach((model, total) -> ofModels.put(model, total(total.object())));
                    totals.put(instance, ofModels);
                });
        return totals;
    }

    private static ModelTotal total(Fields fields) {
        Map<String, Double> cost = new HashMap<>();
        for (Map.Entry<String, Element> one : fields.required("cost").object().all().entrySet()) {
            cost.put(one.getKey(), one.getValue().number(0, MOST));
        }
        return new ModelTotal(
                count(fields, "calls"),
                count(fields, "unpriced_calls"),
                count(fields, "input_tokens"),
                count(fields, "cached_input_tokens"),
                count(fields, "output_tokens"),
                cost);
    }

    private static long count(Fields fields, String name) {
        return Objects.requireNonNullElse(fields.whole(name, 0, Long.MAX_VALUE), 0L);
    }

    /** Where there is no such folder there is no home, and nothing is kept. */
    void write(Map<String, Map<String, ModelTotal>> totals) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a folder");
        if (!Files.isDirectory(folder)) {
            return;
        }
        Path written = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.write(written, text(totals));
            Files.move(
                    written,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static byte[] text(Map<String, Map<String, ModelTotal>> totals) {
        JsonText out = new JsonText().beginObject().field("instances").beginObject();
        totals.forEach((instance, models) -> {
            out.field(instance).beginObject();
            models.forEach((model, total) -> {
                total.write(out.field(model).beginObject());
                out.endObject();
            });
            out.endObject();
        });
        return out.endObject().endObject().toBytes();
    }
}
