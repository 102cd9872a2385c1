package org.colonnade.benchmarks.clusters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.colonnade.benchmarks.Measure;
import org.colonnade.benchmarks.Report;
import org.colonnade.execution.slurm.Staging;
import org.colonnade.execution.ssh.SshEndpoint;
import org.colonnade.execution.ssh.SshKeys;
import org.colonnade.execution.ssh.SshLink;
import org.springframework.util.FileSystemUtils;

/** Files to a login node and back, by turns with OpenSSH's own tools as they are when nothing is configured. */
final class Transfers implements AutoCloseable {

    private static final int MEGABYTES = Integer.getInteger("clusters.megabytes", 1024);
    private static final int SMALL_FILES = Integer.getInteger("clusters.files", 10_000);
    private static final int ROUNDS = Integer.getInteger("clusters.rounds", 5);

    /** A gateway runs for weeks: what its first transfers cost the compiler is not measured. */
    private static final int WARM_UP = 4;

    /** Both ends keep their files here if they fit: else the disk is what is measured. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private final OneNode node;
    private final Path folder;
    private final Path large;
    private final Path many;
    private final Map<String, Path> small = new TreeMap<>();
    private final SshLink link;
    private final Staging staging;
    private final boolean inMemory;
    private int number;

    /** @param scratch a folder for files, where memory has too little room for them */
    Transfers(OneNode node, Path scratch) throws IOException {
        this.node = node;
        this.inMemory = Files.isDirectory(MEMORY) && MEMORY.toFile().getUsableSpace() > (MEGABYTES * 5L) << 20;
        this.folder = Files.createTempDirectory(inMemory ? MEMORY : scratch, "colonnade-transfers-");
        this.large = folder.resolve("large");
        try (OutputStream out = Files.newOutputStream(large)) {
            byte[] block = new byte[1 << 20];
            var random = new Random(7);
            for (int i = 0; i < MEGABYTES; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        this.many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < SMALL_FILES; i++) {
            Path file = Files.writeString(many.resolve("file" + i), "%1000d\n".formatted(i));
            small.put(file.getFileName().toString(), file);
        }
        var endpoint = new SshEndpoint(
                "127.0.0.1",
                node.port(),
                node.user(),
                List.of(SshKeys.publicKey(node.hostKey())),
                new SshEndpoint.Key(SshKeys.privateKey(Files.readString(Path.of(node.privateKey())), null)),
                null,
                Duration.ofSeconds(20));
        this.link = new SshLink(endpoint, 4, InstantSource.system());
        this.staging = new Staging(link);
    }

    /** One way to move files; it gets a fresh place to move them to. */
    private interface Way {
        void move(Path to) throws Exception;
    }

    void measure(Report report) throws Exception {
        Path there = folder.resolve("there");
        staging.upload(there.toString(), Map.of("large", large));
        staging.upload(there.resolve("many").toString(), small);
        compare(
                report,
                "upload of one file of " + MEGABYTES + " MB",
                MEGABYTES,
                "MB/s",
                1,
                to -> staging.upload(to.toString(), Map.of("large", large)),
                "sftp",
                to -> sftp("put " + large + " " + to));
        compare(
                report,
                "download of it",
                MEGABYTES,
                "MB/s",
                1,
                to -> staging.download(there.toString(), staging.list(there.toString()), to),
                "sftp",
                to -> sftp("get " + there.resolve("large") + " " + to));
        compare(
                report,
                "upload of " + SMALL_FILES + " files of 1 kB",
                SMALL_FILES,
                "files/s",
                5,
                to -> staging.upload(to.toString(), small),
                "scp -r",
                to -> scp(many.toString(), remote(to)));
        String from = there.resolve("many").toString();
        compare(
                report,
                "download of them",
                SMALL_FILES,
                "files/s",
                5,
                to -> staging.download(from, staging.list(from), to),
                "scp -r",
                to -> scp(remote(Path.of(from)), to.toString()));
        report.note(
                "%d rounds, ours and theirs by turns, after some to warm up: the median of each. The files of both ends are %s."
                        .formatted(ROUNDS, inMemory ? "in memory" : "on disk"));
        report.note("Ours and scp start the account's shell, which has no start-up file here; sftp starts none.");
        report.note(
                "Ours compare the SHA-256 of each file at both ends, and list the folder before a download; sftp and scp do not.");
    }

    private void compare(
            Report report, String what, double amount, String unit, double factor, Way ours, String peer, Way theirs)
            throws Exception {
        List<Double> mine = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        for (int i = 0; i < WARM_UP; i++) {
            seconds(ours);
        }
        seconds(theirs);
        for (int i = 0; i < ROUNDS; i++) {
            mine.add(seconds(ours));
            others.add(seconds(theirs));
        }
        report.add(Measure.against(what, amount / median(mine), unit, peer, amount / median(others), factor));
    }

    /** What was moved is removed again, so that no round pays for the memory of those before it. */
    private double seconds(Way way) throws Exception {
        Path to = folder.resolve("to" + ++number);
        long began = System.nanoTime();
        way.move(to);
        double seconds = (System.nanoTime() - began) / 1e9;
        FileSystemUtils.deleteRecursively(to);
        return seconds;
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    private void sftp(String line) throws IOException, InterruptedException {
        Path batch = Files.writeString(folder.resolve("batch"), line + "\n");
        List<String> words = new ArrayList<>(List.of("sftp", "-q", "-b", batch.toString(), "-P", "" + node.port()));
        words.addAll(options());
        words.add(node.user() + "@127.0.0.1");
        execute(words);
    }

    private void scp(String from, String to) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("scp", "-q", "-r", "-P", "" + node.port()));
        words.addAll(options());
        words.addAll(List.of(from, to));
        execute(words);
    }

    private String remote(Path path) {
        return node.user() + "@127.0.0.1:" + path;
    }

    private List<String> options() throws IOException {
        Path known = Files.writeString(
                folder.resolve("known_hosts"), "[127.0.0.1]:" + node.port() + " " + node.hostKey() + "\n");
        return List.of("-i", node.privateKey(), "-o", "UserKnownHostsFile=" + known, "-o", "BatchMode=yes");
    }

    private static void execute(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("Failed: " + String.join(" ", words));
        }
    }

    @Override
    public void close() throws IOException {
        link.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
