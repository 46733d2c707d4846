package dev.bindery.server.connection;

import io.helidon.common.buffers.DataReader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the bytes of a connection come from, as {@link DataReader} pulls them: null at the end. */
@FunctionalInterface
interface ByteSource extends Supplier<byte @Nullable []> {}
