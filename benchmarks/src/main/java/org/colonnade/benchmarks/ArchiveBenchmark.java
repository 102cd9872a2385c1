package org.colonnade.benchmarks;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.colonnade.Colonnade;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Artifacts;
import org.colonnade.storage.Download;
import org.colonnade.storage.Downloads;
import org.springframework.boot.SpringApplication;

/**
 * Streams zips of files that lie in the page cache into a sink that only counts. The peer is the JDK's zip writer in its
 * mode without compression, with the sums given to it, over plain copies of the same files with equal buffers.
 */
final class ArchiveBenchmark implements Benchmark {

    private static final int ROUNDS = 7;
    private static final int LARGE_FILES = 64;
    private static final int LARGE_SIZE = 16 << 20;
    private static final int SMALL_FILES = 10_000;
    private static final int SMALL_SIZE = 10_000;
    private static final int BUFFER = 512 * 1024;
    private static final double MB = 1e6;

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public String title() {
        return "Zips of stored files beside java.util.zip without compression";
    }

    @Override
    public void run(Report report, Path scratch) throws Exception {
        report.note("Java %s, %d processors, %d rounds, medians; throughput per second of processor time of one thread"
                .formatted(Runtime.version(), Runtime.getRuntime().availableProcessors(), ROUNDS));
        try (var gateway = SpringApplication.run(
                Colonnade.class, "--server.port=0", "--colonnade.data=" + scratch.resolve("data"))) {
            var artifacts = gateway.getBean(Artifacts.class);
            var downloads = gateway.getBean(Downloads.class);
            var large = store(artifacts, scratch.resolve("large"), "large", LARGE_FILES, LARGE_SIZE);
            var small = store(artifacts, scratch.resolve("small"), "small", SMALL_FILES, SMALL_SIZE);
            throughput(report, downloads, "64 files of 16 MiB", large, scratch.resolve("large"));
            throughput(report, downloads, "10,000 files of 10 kB", small, scratch.resolve("small"));
            firstByte(report, artifacts, downloads);
            heap(report, downloads, large);
        }
    }

    private static List<Artifact> store(Artifacts artifacts, Path copies, String group, int count, int size)
            throws Exception {
        Files.createDirectories(copies);
        List<Callable<Artifact>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "file-" + i + ".dat";
            int seed = i;
            tasks.add(() -> {
                byte[] content = new byte[size];
                new Random(seed).nextBytes(content);
                Files.write(copies.resolve(name), content);
                return artifacts.store(
                        group, name, "application/octet-stream", new ByteArrayInputStream(content), Long.MAX_VALUE);
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Artifact> stored = new ArrayList<>();
            for (Future<Artifact> each : threads.invokeAll(tasks)) {
                stored.add(each.get());
            }
            return stored;
        }
    }

    private static void throughput(Report report, Downloads downloads, String what, List<Artifact> files, Path copies)
            throws Exception {
        double[] ours = new double[ROUNDS];
        double[] peers = new double[ROUNDS];
        double[] walls = new double[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            Download archive = downloads.archiveOf("a.zip", files);
            Spent our = spent(() -> stream(archive));
            Spent other = spent(() -> peer(files, copies));
            if (round >= 0) {
                ours[round] = archive.size() / MB / our.processor();
                peers[round] = archive.size() / MB / other.processor();
                walls[round] = archive.size() / MB / our.wall();
            }
        }
        double median = Numbers.median(ours);
        double peer = Numbers.median(peers);
        report.add(new Measure(
                what,
                median,
                "MB/s per core",
                "java.util.zip " + Numbers.plain(peer),
                median / peer,
                "≥ 500 MB/s per core",
                median >= 500));
        report.add(Measure.info(what + ", by the clock", Numbers.median(walls), "MB/s"));
        report.note("%s: ours %s, peer %s MB/s per core".formatted(what, spread(ours), spread(peers)));
    }

    private static String spread(double... values) {
        return "%.0f to %.0f"
                .formatted(
                        Arrays.stream(values).min().orElseThrow(),
                        Arrays.stream(values).max().orElseThrow());
    }

    private record Spent(double processor, double wall) {}

    private static Spent spent(Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        long wall = System.nanoTime();
        long processor = threads.getCurrentThreadCpuTime();
        work.run();
        return new Spent((threads.getCurrentThreadCpuTime() - processor) / 1e9, (System.nanoTime() - wall) / 1e9);
    }

    private static void stream(Download archive) {
        try (var out = new Sink()) {
            archive.writeTo(out, 0, archive.size());
            if (out.count != archive.size()) {
                throw new IllegalStateException("wrote " + out.count + " of " + archive.size() + " bytes");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void peer(List<Artifact> files, Path copies) {
        byte[] buffer = new byte[BUFFER];
        try (var zip = new ZipOutputStream(new BufferedOutputStream(new Sink(), BUFFER))) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Artifact file : files) {
                var entry = new ZipEntry(file.name());
                entry.setSize(file.size());
                entry.setCrc(file.crc32());
                zip.putNextEntry(entry);
                try (var in = Files.newInputStream(copies.resolve(file.name()))) {
                    for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                        zip.write(buffer, 0, count);
                    }
                }
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the question to the database to the first byte. */
    private static void firstByte(Report report, Artifacts artifacts, Downloads downloads) throws IOException {
        double[] millis = new double[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            long start = System.nanoTime();
            var out = new Sink();
            downloads.archiveOf("a.zip", artifacts.list("small")).writeTo(out, 0, 1);
            if (round >= 0) {
                millis[round] = (out.first - start) / 1e6;
            }
        }
        report.add(Measure.atMost("10,000 files, first byte", Numbers.median(millis), "ms", 200));
        report.note("first byte: %s ms".formatted(spread(millis)));
    }

    /** What lives in the heap while a gigabyte flows, after a collection, beyond what lived there before. */
    private static void heap(Report report, Downloads downloads, List<Artifact> files) throws IOException {
        long before = live();
        long[] most = new long[1];
        Download archive = downloads.archiveOf("a.zip", files);
        for (int quarter = 1; quarter < 4; quarter++) {
            long to = archive.size() / 4 * quarter;
            archive.writeTo(
                    new OutputStream() {
                        private long left = to;

                        @Override
                        public void write(int b) {
                            throw new UnsupportedOperationException("only whole blocks are written");
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) {
                            left -= length;
                            if (left == 0) {
                                most[0] = Math.max(most[0], live());
                            }
                        }
                    },
                    0,
                    to);
        }
        report.add(Measure.atMost("heap held while 1 GiB flows", Math.max(0, most[0] - before) / MB, "MB", 8));
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Counts what it is given. */
    private static final class Sink extends OutputStream {

        private long count;
        private long first;

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException("only whole blocks are written");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (count == 0) {
                first = System.nanoTime();
            }
            count += length;
        }
    }
}
