package dev.bindery.server.admin;

import dev.bindery.host.Bindings;
import dev.bindery.host.Events;
import dev.bindery.host.Finding;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.Shell;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.cost.Spending;
import dev.bindery.server.http.Access;
import dev.bindery.server.http.Api;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.keys.KeyRing;
import dev.bindery.server.session.Sessions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** The endpoints of the admin API. */
public final class AdminApi implements AutoCloseable {
    private final HostStatus status;
    private final BindingsAdmin bindings;
    private final InstancesAdmin instances;
    private final CommandsAdmin commands;
    private final ModelsAdmin models;
    private final EventsAdmin events;
    private final ShellAdmin shell;
    private final KeysAdmin keys;
    private final SessionAdmin sessions;
    private final DoctorAdmin doctor;

    public AdminApi(
            HostStatus status,
            Bindings bindings,
            Instances instances,
            ModelRouter models,
            Events events,
            Shell shell,
            KeyRing keys,
            Spending spending,
            Sessions sessions,
            Supplier<List<Finding>> examination,
            Calls calls,
            JsonBody bodies) {
        this.status = status;
        this.bindings = new BindingsAdmin(bindings);
        this.instances = new InstancesAdmin(instances, spending, bodies);
        this.commands = new CommandsAdmin(instances, calls, bodies);
        this.models = new ModelsAdmin(models, calls, bodies);
        this.events = new EventsAdmin(events, sessions);
        this.shell = new ShellAdmin(shell, bodies);
        this.keys = new KeysAdmin(keys, bodies);
        this.sessions = new SessionAdmin(sessions);
        this.doctor = new DoctorAdmin(examination);
    }

    public Api api() {
        Routes.Builder routes =
                Routes.builder()
                        .get("/admin/v1/status", this::status)
                        .get("/admin/v1/doctor", doctor::examine)
                        .get("/admin/v1/events", events::stream)
                        .get("/admin/v1/openapi.yaml", AdminApi::describe);
        bindings.addTo(routes);
        instances.addTo(routes);
        commands.addTo(routes);
        models.addTo(routes);
        shell.addTo(routes);
        keys.addTo(routes);
        sessions.addTo(routes);
        return new Api("admin", "/admin/", Access.ADMIN, AdminErrors.FORM, routes.build());
    }

    /** Ends the event streams and the shell's sessions, which would hold up the server's end. */
    @Override
    public void close() {
        events.close();
        shell.close();
    }

    private static void describe(Exchange exchange) throws IOException {
        try (InputStream file = AdminApi.class.getResourceAsStream("openapi.yaml")) {
            exchange.send(200, "application/yaml", Objects.requireNonNull(file).readAllBytes());
        }
    }

    private void status(Exchange exchange) {
        exchange.send(200, Exchange.JSON, status.json());
    }
}
