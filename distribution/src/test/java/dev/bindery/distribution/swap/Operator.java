package dev.bindery.distribution.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.distribution.Command;
import dev.bindery.distribution.LiveHost;
import dev.bindery.distribution.Wait;
import dev.bindery.distribution.sequence.SequenceJar;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.JsonNode;

/**
 * Changes a host while it serves, one change as soon as the one before has settled. For one thread,
 * but for {@link #oldest}.
 */
final class Operator {
    static final String ID = "sequence";
    private static final String OTHER = "other";
    private static final String BESIDE = "beside";
    private static final int UNLUCKY = 13;

    private final LiveHost host;
    private final String isolation;
    private int last;
    private int settings;
    private volatile int oldest;

    Operator(LiveHost host, String isolation) {
        this.host = host;
        this.isolation = isolation;
    }

    /** The last number of the oldest version that a request that begins now may get. */
    int oldest() {
        return oldest;
    }

    /** Brings the first version, and another binding. */
    void begin() throws Exception {
        Files.write(host.drop(OTHER + ".jar"), jar(OTHER, 1));
        Files.write(host.drop(ID + ".jar"), jar(ID, next()));
        awaitServing(last);
        Wait.until("the other binding serves", () -> isState(OTHER, "ACTIVE"));
    }

    void make(Change change) throws Exception {
        switch (change) {
            case JAR_RENAMED_INTO_PLACE -> renameIntoPlace();
            case JAR_WRITTEN_OVER -> {
                Files.write(host.drop(ID + ".jar"), jar(ID, next()));
                awaitServing(last);
            }
            case INSTALLED_OVER_HTTP -> {
                serves(ok("POST", "bindings?file=new.jar", jar(ID, next())));
                awaitServing(last);
            }
            case INSTALLED_BY_COMMAND -> installByCommand();
            case UPDATE_THAT_DOES_NOT_START -> {
                String reason = ok("POST", "bindings?file=new.jar", jar(ID, UNLUCKY)).toString();
                assertThat(reason).contains("1.0.13 was refused").contains("bad luck");
            }
            case RELOADED -> reload();
            case ROLLED_BACK -> rollBack();
            case SET_LIVE -> set("live");
            case SET_BY_A_FRESH_INSTANCE -> set("fresh");
            case SET_REFUSED ->
                    assertThat(patch(ID, "{\"settings\":{\"live\":\"refused\"}}").statusCode())
                            .isEqualTo(400);
            case OTHER_SWITCHED_OFF_AND_ON -> {
                ok("POST", "bindings/" + OTHER + "/disable", new byte[0]);
                assertThat(isState(OTHER, "DISABLED")).isTrue();
                ok("POST", "bindings/" + OTHER + "/enable", new byte[0]);
                assertThat(isState(OTHER, "ACTIVE")).isTrue();
            }
            case INSTANCE_ADDED -> {
                HttpResponse<String> added =
                        patch(
                                BESIDE,
                                "{\"binding\":\"%s\",\"settings\":{\"live\":\"b\"}}".formatted(ID));
                assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
            }
            case INSTANCE_RENAMED -> renameInstance();
            case INSTANCE_REMOVED -> removeInstance();
        }
    }

    private int next() {
        last += last + 1 == UNLUCKY ? 2 : 1;
        return last;
    }

    private byte[] jar(String id, int version) {
        return new SequenceJar(id, "1.0." + version, isolation, "overlap").bytes();
    }

    private void renameIntoPlace() throws Exception {
        Path incoming = host.home().resolve("incoming");
        Files.write(incoming, jar(ID, next()));
        Files.move(incoming, host.drop(ID + ".jar"), StandardCopyOption.ATOMIC_MOVE);
        awaitServing(last);
    }

    private void installByCommand() throws Exception {
        Path jar = host.home().resolve("by-command.jar");
        Files.write(jar, jar(ID, next()));
        Command.Result installed = host.bindery("install", jar.toString());
        assertThat(installed.exit()).as(installed.output()).isZero();
        awaitServing(last);
    }

    /** What was rolled back before serves again then. */
    private void reload() throws Exception {
        JsonNode reloaded = ok("POST", "bindings/" + ID + "/reload", new byte[0]);
        serves(reloaded);
        oldest = Integer.parseInt(reloaded.path("version").asString().substring("1.0.".length()));
    }

    private void rollBack() throws Exception {
        int good = oldest;
        serves(ok("POST", "bindings?file=new.jar", jar(ID, next())));
        awaitServing(last);
        oldest = good;
        serves(ok("POST", "bindings/" + ID + "/rollback", new byte[0]));
        awaitServing(good);
    }

    private void set(String setting) throws Exception {
        settings++;
        HttpResponse<String> set =
                patch(ID, "{\"settings\":{\"%s\":\"s%d\"}}".formatted(setting, settings));
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    }

    private void renameInstance() throws Exception {
        if (instanceState(BESIDE).isEmpty()) {
            make(Change.INSTANCE_ADDED);
        }
        Path folder = host.home().resolve("conf/instances");
        Files.move(folder.resolve(BESIDE + ".yaml"), folder.resolve("renamed.yaml"));
        Wait.until(
                "the renamed instance serves",
                () -> instanceState("renamed").equals("ACTIVE") && instanceState(BESIDE).isEmpty());
        delete("renamed");
    }

    private void removeInstance() throws Exception {
        if (instanceState(BESIDE).isEmpty()) {
            make(Change.INSTANCE_ADDED);
        }
        delete(BESIDE);
    }

    private void delete(String instance) throws Exception {
        HttpResponse<String> answer = host.ask("DELETE", "instances/" + instance, new byte[0]);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    private String instanceState(String name) throws Exception {
        HttpResponse<String> answer = host.ask("GET", "instances/" + name, new byte[0]);
        return answer.statusCode() == 404
                ? ""
                : LiveHost.json(answer.body()).path("state").asString();
    }

    private void awaitServing(int version) {
        Wait.until(
                "1.0.%d serves".formatted(version),
                () -> {
                    JsonNode binding = binding(ID);
                    return binding.path("version").asString("").equals("1.0." + version)
                            && binding.path("state").asString("").equals("ACTIVE");
                });
        oldest = version;
    }

    private boolean isState(String id, String state) throws Exception {
        return binding(id).path("state").asString("").equals(state);
    }

    /** What is said of a binding, also that there is none. */
    private JsonNode binding(String id) throws Exception {
        return LiveHost.json(host.ask("GET", "bindings/" + id, new byte[0]).body());
    }

    private static void serves(JsonNode binding) {
        assertThat(binding.path("state").asString()).as(binding.toString()).isEqualTo("ACTIVE");
    }

    private JsonNode ok(String method, String path, byte[] body) throws Exception {
        HttpResponse<String> answer = host.ask(method, path, body);
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.body())
                .isEqualTo(200);
        return LiveHost.json(answer.body());
    }

    private HttpResponse<String> patch(String instance, String change) throws Exception {
        return host.ask("PATCH", "instances/" + instance, change.getBytes(StandardCharsets.UTF_8));
    }
}
