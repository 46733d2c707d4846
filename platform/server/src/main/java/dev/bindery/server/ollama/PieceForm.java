package dev.bindery.server.ollama;

import dev.bindery.server.answer.AnswerMedia;
import dev.bindery.server.json.JsonText;

/** Where a piece stands in a line: the one thing in which chat and generate differ. */
enum PieceForm {
    /** {@code "message":{"role":"assistant","content":"…"}}. */
    MESSAGE {
        @Override
        void write(Piece piece, JsonText out) {
            out.field("message").beginObject();
            out.field("role").text("assistant").field("content").text(piece.text());
            thinking(piece, out);
            if (!piece.media().isEmpty()) {
                out.field("images").beginArray();
                piece.media().stream().flatMap(AnswerMedia::base64).forEach(out::text);
                out.endArray();
            }
            if (!piece.calls().isEmpty()) {
                ToolCallJson.write(piece.calls(), out.field("tool_calls"));
            }
            out.endObject();
        }
    },
    /** {@code "response":"…"}. */
    RESPONSE {
        @Override
        void write(Piece piece, JsonText out) {
            out.field("response").text(piece.text());
            thinking(piece, out);
        }
    };

    abstract void write(Piece piece, JsonText out);

    private static void thinking(Piece piece, JsonText out) {
        if (!piece.thinking().isEmpty()) {
            out.field("thinking").text(piece.thinking());
        }
    }
}
