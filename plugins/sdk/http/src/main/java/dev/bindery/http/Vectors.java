package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.apiguardian.api.API;
import tools.jackson.databind.JsonNode;

/** Reads a vector in the form that the server chose: numbers, or base64 of little-endian floats. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Vectors {
    private Vectors() {}

    /**
     * The vector.
     *
     * @throws BindingException UPSTREAM_ERROR when it is neither
     */
    public static float[] read(JsonNode embedding) {
        if (embedding.isString()) {
            return decoded(embedding.stringValue());
        }
        if (!embedding.isArray()) {
            throw unreadable("is neither a list of numbers nor base64");
        }
        float[] vector = new float[embedding.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!embedding.path(i).isNumber()) {
                throw unreadable("holds something that is no number");
            }
            vector[i] = (float) embedding.path(i).doubleValue();
        }
        return vector;
    }

    private static float[] decoded(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw unreadable("is no base64");
        }
        if (bytes.length % Float.BYTES != 0) {
            throw unreadable("has a length of %d bytes, no multiple of 4".formatted(bytes.length));
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    private static BindingException unreadable(String why) {
        return new BindingException(ErrorCode.UPSTREAM_ERROR, "the provider's embedding " + why);
    }
}
