package dev.bindery.server.admin;

import dev.bindery.host.Finding;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.json.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What is wrong with the host and what to do about it, over HTTP. */
final class DoctorAdmin {
    private final Supplier<List<Finding>> examination;

    DoctorAdmin(Supplier<List<Finding>> examination) {
        this.examination = examination;
    }

    void examine(Exchange exchange) {
        List<Finding> findings = examination.get();
        JsonText out = new JsonText().beginObject();
        out.field("problems").number(findings.stream().filter(DoctorAdmin::isProblem).count());
        out.field("findings").beginArray();
        findings.forEach(finding -> write(finding, out));
        exchange.send(200, Exchange.JSON, out.endArray().endObject().toBytes());
    }

    private static boolean isProblem(Finding finding) {
        return finding.weight() == Finding.Weight.PROBLEM;
    }

    private static void write(Finding finding, JsonText out) {
        out.beginObject();
        out.field("weight").text(finding.weight().name().toLowerCase(Locale.ROOT));
        out.field("subject").text(finding.subject());
        out.field("message").text(finding.message());
        out.field("advice").text(finding.advice());
        out.endObject();
    }
}
