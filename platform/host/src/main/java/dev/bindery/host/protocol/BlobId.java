package dev.bindery.host.protocol;

import java.util.regex.Pattern;

/** Names of blobs: the call's id, a dot and a number, so that a call's blobs end with it. */
public final class BlobId {
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-]{1,64}\\.[A-Za-z0-9_-]{1,64}");

    private BlobId() {}

    /** The id of a call's blob of this number. */
    public static String of(String call, String number) {
        return call + "." + number;
    }

    /**
     * The call that this blob belongs to.
     *
     * @throws ProtocolException when it is no blob's id
     */
    public static String callOf(String id) {
        if (!FORM.matcher(id).matches()) {
            throw new ProtocolException("not a blob's id; it is CALL.NUMBER");
        }
        return id.substring(0, id.indexOf('.'));
    }
}
