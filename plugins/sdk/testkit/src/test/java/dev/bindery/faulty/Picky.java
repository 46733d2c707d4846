package dev.bindery.faulty;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.Role;
import dev.bindery.api.ToolResultPart;

/** Faults that show in what is asked. */
final class Picky {
    private Picky() {}

    static void look(GenerationRequest request) {
        request.chat().ifPresent(chat -> chat.messages().forEach(Picky::look));
        String format = request.responseFormat().kind();
        forbid(Fault.FORBIDS_TOOLS, !request.tools().isEmpty());
        forbid(Fault.FORBIDS_JSON, format.equals("json"));
        forbid(Fault.FORBIDS_SCHEMAS, format.equals("json_schema"));
        forbid(Fault.FORBIDS_LOGPROBS, request.logprobs().isPresent());
        Fault.KNOWS_ALL_FORMATS.stumbleIf(format.equals("sonnet"));
        Fault.KNOWS_ALL_TOOL_CHOICES.stumbleIf(
                request.toolChoice().filter(choice -> choice.mode().equals("maybe")).isPresent());
        Fault.KNOWS_ALL_EFFORTS.stumbleIf(
                request.reasoning()
                        .flatMap(options -> options.effort())
                        .filter(new ReasoningEffort("heroic")::equals)
                        .isPresent());
        Fault.KNOWS_ALL_PARAMETERS.stumbleIf(!request.parameters().isEmpty());
    }

    private static void look(Message message) {
        forbid(Fault.FORBIDS_SYSTEM, message.role().equals(Role.SYSTEM));
        Fault.KNOWS_ALL_ROLES.stumbleIf(message.role().equals(new Role("narrator")));
        message.parts().forEach(Picky::look);
    }

    private static void look(Part part) {
        forbid(Fault.FORBIDS_TOOL_RESULTS, part instanceof ToolResultPart);
        Fault.KNOWS_ALL_PARTS.stumbleIf(part instanceof OpaquePart);
        Fault.READS_ALL_PROVIDER_DATA.stumbleIf(!part.providerData().isEmpty());
        if (part instanceof MediaPart media) {
            String type = media.blob().map(blob -> blob.mediaType()).orElse("");
            forbid(Fault.FORBIDS_IMAGES, type.startsWith("image/"));
            forbid(Fault.FORBIDS_AUDIO, type.startsWith("audio/"));
            forbid(Fault.FORBIDS_DOCUMENTS, type.equals("application/pdf"));
        }
    }

    private static void forbid(Fault fault, boolean met) {
        if (met && fault.isOn()) {
            throw BindingException.unsupported("that cannot be done");
        }
    }
}
