package dev.bindery.cli;

import dev.bindery.api.BindingCard;
import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.Shell;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.check.Outcome.Verdict;
import dev.bindery.testkit.check.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds a jar to the contract, in a host of its own that ends with it. */
@Command(
        name = "verify",
        description = {
            "Hold a binding's jar to the contract, without its sources.",
            "It runs in a host of its own, in a temporary home. What needs an answer is tried where the binding needs no settings, or you give them."
        },
        footer = {
            "",
            "A binding that asks other instances is given some by --with, and may ask them all:",
            "bindery verify router.jar --with echo.jar --set 'routes={r: [echo/echo]}'",
            "",
            "The exit code is 1 when a rule is not kept."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final Pattern FAILURE = Pattern.compile("failed with [A-Z_]+ \"[^\"]*\"");

    private final Shell shell;
    @Mixin private final Output output;
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "JAR", description = "The file of a binding.")
    private Path jar = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "SETTING=VALUE",
            description = {
                "A setting to try it with; - reads the value, @FILE takes it from a file.",
                "NAME.SETTING=VALUE is one of an instance given by --with."
            })
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--with",
            paramLabel = "[NAME=]JAR",
            description = {
                "Another binding in the same host, which it may ask; NAME is its",
                "instance's, else what the file is called, without a version."
            })
    private List<String> others = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A model to try; all that are listed, else.")
    private List<String> models = new ArrayList<>();

    @Option(names = "--all", description = "Show also what passed and what was not tried.")
    private boolean all;

    VerifyCommand(Shell shell) {
        this.shell = shell;
        this.output = new Output(shell);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.isRegularFile(jar)) {
            throw misuse(jar + " is not a file; verify takes the jar of a binding.");
        }
        BindingUnderTest subject =
                BindingUnderTest.ofJar(jar).models(models.toArray(String[]::new));
        GivenOthers given = GivenOthers.of(others, this::misuse);
        subject.settings(given.take(new Assignments(shell).read(settings)));
        given.addTo(subject);
        Quiet.hosts();
        Report report = tried(subject);
        output.print(json(report), _ -> show(report));
        return report.count(Verdict.FAILED) > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    /** Takes minutes where calls are slow to end: whoever looks on sees how far it is. */
    private Report tried(BindingUnderTest subject) throws InterruptedException {
        try (VerifyProgress progress = new VerifyProgress(shell)) {
            progress.loading(String.valueOf(jar.getFileName()));
            return Report.of(subject, progress);
        }
    }

    private ParameterException misuse(String complaint) {
        return new ParameterException(spec.commandLine(), complaint);
    }

    private JsonNode json(Report report) {
        ObjectNode json = Json.object().put("jar", jar.toString());
        report.card().ifPresent(card -> json.put("id", card.id()).put("version", card.version()));
        for (Verdict verdict : Verdict.values()) {
            json.put(word(verdict), report.count(verdict));
        }
        ArrayNode checks = json.putArray("checks");
        for (Report.Entry entry : report.entries()) {
            checks.addObject()
                    .put("area", entry.area())
                    .put("check", entry.outcome().check())
                    .put("verdict", word(entry.outcome().verdict()))
                    .put("message", entry.outcome().message())
                    .put("milliseconds", entry.outcome().took().toMillis());
        }
        return json;
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private void show(Report report) {
        shell.out()
                .println(
                        report.card()
                                .map(VerifyCommand::title)
                                .orElse(jar.getFileName() + " is no binding that a host takes."));
        if (all) {
            report.entries().forEach(this::show);
        } else {
            failuresByCause(report).values().forEach(this::showFailures);
            of(report, Verdict.ADVICE).forEach(this::show);
            showUntried(report);
        }
        shell.out()
                .printf(
                        "%d passed, %d failed, %d could be better, %d not tried.%n",
                        report.count(Verdict.PASSED),
                        report.count(Verdict.FAILED),
                        report.count(Verdict.ADVICE),
                        report.count(Verdict.SKIPPED));
    }

    private static String title(BindingCard card) {
        return "%s %s: %s".formatted(card.id(), card.version(), card.description());
    }

    private static Stream<Report.Entry> of(Report report, Verdict verdict) {
        return report.entries().stream().filter(entry -> entry.outcome().verdict() == verdict);
    }

    /** One cause makes many checks fail: in the order of the first of each. */
    private static Map<String, List<Report.Entry>> failuresByCause(Report report) {
        return of(report, Verdict.FAILED)
                .collect(
                        Collectors.groupingBy(
                                entry -> cause(entry.outcome().message()),
                                LinkedHashMap::new,
                                Collectors.toList()));
    }

    /** What the binding answered with where it failed; else all that is said. */
    private static String cause(String message) {
        Matcher failure = FAILURE.matcher(message);
        return failure.find() ? failure.group() : message;
    }

    private void showFailures(List<Report.Entry> failures) {
        show(failures.getFirst());
        if (failures.size() > 1) {
            String areas =
                    failures.stream()
                            .skip(1)
                            .collect(
                                    Collectors.groupingBy(
                                            Report.Entry::area,
                                            LinkedHashMap::new,
                                            Collectors.counting()))
                            .entrySet()
                            .stream()
                            .map(area -> area.getValue() + " of " + area.getKey())
                            .collect(Collectors.joining(", "));
            shell.out()
                    .printf(
                            "%-7s   %d more failed in the same way (%s); --all names them%n",
                            "", failures.size() - 1, areas);
        }
    }

    private void show(Report.Entry entry) {
        String mark =
                switch (entry.outcome().verdict()) {
                    case PASSED -> "ok";
                    case FAILED -> "FAILED";
                    case ADVICE -> "advice";
                    case SKIPPED -> "-";
                };
        shell.out().printf("%-7s %s: %s%n", mark, entry.area(), entry.outcome().check());
        if (!entry.outcome().message().isEmpty()) {
            shell.out().printf("%-7s   %s%n", "", entry.outcome().message());
        }
    }

    /** What was left out, by its reasons. */
    private void showUntried(Report report) {
        Map<String, Long> reasons =
                report.entries().stream()
                        .filter(entry -> entry.outcome().verdict() == Verdict.SKIPPED)
                        .collect(
                                Collectors.groupingBy(
                                        entry -> entry.outcome().message(),
                                        java.util.TreeMap::new,
                                        Collectors.counting()));
        reasons.forEach((reason, count) ->
                shell.out().printf("%-7s %d not tried: %s%n", "-", count, reason));
    }
}
