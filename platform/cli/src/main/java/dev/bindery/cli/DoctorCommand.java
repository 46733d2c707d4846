package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.running.StartExamination;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.host.Finding;
import dev.bindery.host.Home;
import dev.bindery.host.diagnosis.HomeExamination;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Looks for what is wrong, with the running host or, where none runs, with its home. */
@Command(
        name = "doctor",
        description = "Look for what is wrong, and say what to do about it.",
        footer = {"", "The exit code is 1 when something needs action."})
final class DoctorCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final RunningHost host;
    @Mixin private final Output output;

    DoctorCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
        this.output = new Output(shell);
    }

    @Override
    public Integer call() {
        JsonNode report = report();
        output.print(report, this::show);
        return report.path("problems").asInt(0) > 0 ? 1 : 0;
    }

    private JsonNode report() {
        try {
            return host.admin().get("doctor");
        } catch (CommandFailure e) {
            return withoutHost(e);
        }
    }

    private JsonNode withoutHost(CommandFailure failure) {
        List<Finding> findings = new ArrayList<>(HomeExamination.of(new Home(host.home().path())));
        findings.addAll(new StartExamination(host.home(), shell).findings());
        String message = String.valueOf(failure.getMessage());
        findings.add(
                failure.getCause() instanceof ConnectException
                        ? Finding.note("host", message, "")
                        : Finding.problem("host", message, ""));
        return json(findings);
    }

    private static JsonNode json(List<Finding> findings) {
        ObjectNode report = Json.object();
        report.put(
                "problems",
                findings.stream()
                        .filter(finding -> finding.weight() == Finding.Weight.PROBLEM)
                        .count());
        ArrayNode all = report.putArray("findings");
        for (Finding finding : findings) {
            all.addObject()
                    .put("weight", finding.weight().name().toLowerCase(Locale.ROOT))
                    .put("subject", finding.subject())
                    .put("message", finding.message())
                    .put("advice", finding.advice());
        }
        return report;
    }

    private void show(JsonNode report) {
        for (JsonNode finding : report.path("findings")) {
            shell.out()
                    .printf(
                            "%-8s %s: %s%n",
                            Json.text(finding, "weight"),
                            Json.text(finding, "subject"),
                            Json.text(finding, "message"));
            String advice = Json.text(finding, "advice");
            if (!advice.isEmpty()) {
                shell.out().printf("%-8s   %s%n", "", advice);
            }
        }
        int problems = report.path("problems").asInt(0);
        shell.out()
                .println(
                        switch (problems) {
                            case 0 -> "Nothing needs action.";
                            case 1 -> "One thing needs action.";
                            default -> problems + " things need action.";
                        });
    }
}
