package dev.bindery.cli.logs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The end of a log: the last records that are asked for, those of rotated files included. */
public final class LogTail {
    private final Path log;
    private final LogFilter filter;
    private final int most;
    private final Deque<LogRecord> latest = new ArrayDeque<>();
    private long end;

    /**
     * @param log the file that the host writes; rotated ones lie beside it
     * @param most how many records are kept
     */
    public LogTail(Path log, LogFilter filter, int most) {
        this.log = log;
        this.filter = filter;
        this.most = most;
    }

    /** Reads the rotated files that may have some of it, then the one that is being written. */
    public List<LogRecord> read() throws IOException {
        for (Path old : rotated()) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(old))) {
                read(in);
            }
        }
        try (FileChannel file = FileChannel.open(log)) {
            read(Channels.newInputStream(file));
            end = file.position();
        } catch (NoSuchFileException _) {
            end = 0;
        }
        return List.copyOf(latest);
    }

    /** How far the file was read, in bytes: where following it begins. */
    public long end() {
        return end;
    }

    private void read(InputStream in) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        RecordReader records = new RecordReader(this::keep);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            records.line(line);
        }
        records.end();
    }

    private void keep(LogRecord entry) {
        if (filter.test(entry)) {
            latest.addLast(entry);
            if (latest.size() > most) {
                latest.removeFirst();
            }
        }
    }

    /** In the order of their writing; those that were complete before the time asked for not. */
    private List<Path> rotated() throws IOException {
        List<Path> files = new ArrayList<>();
        Path folder = log.resolveSibling("");
        if (filter.since().equals(Instant.MIN) || !Files.isDirectory(folder)) {
            return files;
        }
        FileTime since = FileTime.from(filter.since());
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "bindery.*.log.gz")) {
            for (Path file : found) {
                if (Files.getLastModifiedTime(file).compareTo(since) >= 0) {
                    files.add(file);
                }
            }
        }
        files.sort(Comparator.comparing(LogTail::written).thenComparing(Path::toString));
        return files;
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException _) {
            return FileTime.from(Instant.EPOCH);
        }
    }
}
