package dev.bindery.server.recall;

import dev.bindery.api.Message;
import dev.bindery.api.Role;
import dev.bindery.api.ToolCallPart;
import dev.bindery.server.options.RecallLimits;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The turns that are remembered, each under the id of its first call, in the order of their last
 * use. Past a limit the one that was used longest ago is forgotten. An id under which two different
 * turns came tells nothing, and nothing is restored by it. Safe for all threads.
 */
final class TurnStore {
    private static final long AMBIGUOUS_BYTES = 256;

    private final RecallLimits limits;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Key, Kept> kept = new LinkedHashMap<>();
    private long bytes;

    /** Who may read a turn: the key that it was made for, at the instance that made it. */
    record Owner(String asker, String instance) {}

    private record Key(Owner owner, String callId) {}

    /**
     * @param turn null where the id is ambiguous
     */
    private record Kept(@Nullable Turn turn, long bytes, long until) {}

    /**
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}
     */
    TurnStore(RecallLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    void put(Owner owner, Turn turn) {
        Key key = new Key(owner, turn.firstId());
        lock.lock();
        try {
            forgetOld();
            Kept before = remove(key);
            boolean clear = before == null || turn.isSame(before.turn());
            if (!clear) {
                add(key, null, AMBIGUOUS_BYTES);
            } else if (turn.bytes() <= limits.turnBytes()) {
                add(key, turn, turn.bytes());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The message with what is missing in it; itself where nothing is known of it. */
    Message restored(Owner owner, Message message) {
        List<ToolCallPart> calls =
                message.role().equals(Role.ASSISTANT)
                        ? message.parts(ToolCallPart.class)
                        : List.of();
        return calls.isEmpty()
                ? message
                : find(new Key(owner, calls.getFirst().id()))
                        .map(turn -> turn.restoredIn(message))
                        .orElse(message);
    }

    private Optional<Turn> find(Key key) {
        lock.lock();
        try {
            forgetOld();
            Kept found = remove(key);
            if (found == null) {
                return Optional.empty();
            }
            add(key, found.turn(), found.bytes());
            return Optional.ofNullable(found.turn());
        } finally {
            lock.unlock();
        }
    }

    private void add(Key key, @Nullable Turn turn, long size) {
        kept.put(key, new Kept(turn, size, nanoTime.getAsLong() + limits.timeToLive().toNanos()));
        bytes += size;
        while (kept.size() > limits.entries() || bytes > limits.bytes()) {
            remove(kept.firstEntry().getKey());
        }
    }

    private @Nullable Kept remove(Key key) {
        Kept removed = kept.remove(key);
        bytes -= removed == null ? 0 : removed.bytes();
        return removed;
    }

    private void forgetOld() {
        long now = nanoTime.getAsLong();
        Iterator<Map.Entry<Key, Kept>> oldest = kept.entrySet().iterator();
        while (oldest.hasNext()) {
            Kept next = oldest.next().getValue();
            if (next.until() - now > 0) {
                return;
            }
            bytes -= next.bytes();
            oldest.remove();
        }
    }
}
