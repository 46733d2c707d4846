package dev.bindery.server.admin;

import dev.bindery.host.Bindings;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.cost.Spending;
import dev.bindery.server.json.JsonText;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the host does, in a few figures. Safe for all threads. */
public final class HostStatus {
    private final String version;
    private final Path home;
    private final Bindings bindings;
    private final Instances instances;
    private final ModelRouter models;
    private final Supplier<List<String>> pending;
    private final Supplier<List<String>> uncollected;
    private final Spending spending;
    private final Instant started = Instant.now();
    private volatile @Nullable InetSocketAddress address;

    public HostStatus(
            String version,
            Path home,
            Bindings bindings,
            Instances instances,
            ModelRouter models,
            Supplier<List<String>> pending,
            Supplier<List<String>> uncollected,
            Spending spending) {
        this.version = version;
        this.home = home;
        this.bindings = bindings;
        this.instances = instances;
        this.models = models;
        this.pending = pending;
        this.uncollected = uncollected;
        this.spending = spending;
    }

    /** Known only once the port is. */
    public void listensOn(InetSocketAddress address) {
        this.address = address;
    }

    byte[] json() {
        JsonText out = new JsonText().beginObject();
        out.field("version").text(version);
        out.field("pid").number(ProcessHandle.current().pid());
        out.field("started").text(started.toString());
        out.field("home").text(home.toString());
        out.field("address").text(address());
        List<String> waiting = pending.get();
        out.field("settled").flag(waiting.isEmpty());
        texts(out.field("pending"), waiting);
        texts(out.field("uncollected"), uncollected.get());
        out.field("bindings").number(bindings.list().size());
        out.field("instances").number(instances.list().size());
        out.field("models").number(models.models().size());
        out.field("cost").beginObject();
        spending.all().cost().forEach((currency, amount) -> out.field(currency).number(amount));
        out.endObject();
        memory(out.field("memory"));
        return out.endObject().toBytes();
    }

    /** Where it listens, with the port; empty until it does. */
    public String address() {
        InetSocketAddress known = address;
        return known == null ? "" : known.getAddress().getHostAddress() + ":" + known.getPort();
    }

    private static void texts(JsonText out, List<String> texts) {
        out.beginArray();
        texts.forEach(out::text);
        out.endArray();
    }

    private static void memory(JsonText out) {
        out.beginObject()
                .field("heap_bytes")
                .number(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        ResidentSet.bytes().ifPresent(bytes -> out.field("rss_bytes").number(bytes));
        out.endObject();
    }
}
