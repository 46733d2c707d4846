package dev.bindery.host.packages;

import dev.bindery.api.BindingException;
import java.util.OptionalLong;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;

/**
 * Tells of the resolver's transfers, and cancels them. The resolver calls it from several threads
 * at once; the listener hears of one at a time.
 */
final class MavenProgress extends AbstractTransferListener {
    private final Work work;

    MavenProgress(Work work) {
        this.work = work;
    }

    @Override
    public synchronized void transferProgressed(TransferEvent event)
            throws TransferCancelledException {
        long length = event.getResource().getContentLength();
        String name = event.getResource().getResourceName();
        try {
            work.report(
                    "downloading " + name.substring(name.lastIndexOf('/') + 1),
                    event.getTransferredBytes(),
                    length < 0 ? OptionalLong.empty() : OptionalLong.of(length));
        } catch (BindingException e) {
            TransferCancelledException cancelled = new TransferCancelledException(e.getMessage());
            cancelled.initCause(e);
            throw cancelled;
        }
    }
}
