package org.colonnade.execution.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.execution.place.Digest;
import org.colonnade.execution.ssh.ShellWords;
import org.colonnade.execution.ssh.SshLink;

/**
 * Files that many jobs read and none changes, such as an engine: each is brought to a cluster once, into a folder named after
 * its checksum, and is there for all jobs after that. Sites remove what was not used for long, so it is looked at now and then.
 */
final class Tools {

    private static final Duration TRUST = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long WORTH_REMEMBERING = 1 << 16;

    private final SshLink link;
    private final Staging staging;
    private final String root;
    private final InstantSource clock;
    private final Map<Path, Known> digests = new ConcurrentHashMap<>();
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();

    private record Known(FileTime changed, long size, String sha256) {}

    Tools(SshLink link, Staging staging, String root, InstantSource clock) {
        this.link = link;
        this.staging = staging;
        this.root = root + "/tools";
        this.clock = clock;
    }

    /** @return where the file is on the cluster, from now on and for the next minutes */
    String bring(Path file) throws IOException, InterruptedException {
        String digest = digest(file);
        String folder = root + "/" + digest;
        String path = folder + "/" + file.getFileName();
        Instant last = seen.get(path);
        if (last == null || last.isBefore(clock.instant().minus(TRUST))) {
            if (!isThere(path, digest)) {
                upload(file, folder);
            }
            seen.put(path, clock.instant());
        }
        return path;
    }

    private boolean isThere(String path, String digest) throws IOException, InterruptedException {
        var sum = link.run("sha256sum -b -- " + ShellWords.quote(path), 64 << 10, PATIENCE);
        return sum.status() == 0 && sum.out().startsWith(digest);
    }

    /** Under another name first: a job must never read half a file. */
    private void upload(Path file, String folder) throws IOException, InterruptedException {
        String part = folder + ".new-" + UUID.randomUUID();
        staging.upload(part, Map.of(file.getFileName().toString(), file));
        var moved = link.run(
                "rm -rf -- " + ShellWords.quote(folder) + " && mv -T -- " + ShellWords.command(List.of(part, folder)),
                64 << 10,
                PATIENCE);
        if (moved.status() != 0) {
            staging.remove(part);
            throw new IOException(moved.firstLine());
        }
    }

    private String digest(Path file) throws IOException {
        if (Files.size(file) < WORTH_REMEMBERING) {
            return Digest.of(file);
        }
        FileTime changed = Files.getLastModifiedTime(file);
        Known known = digests.get(file);
        if (known == null || !known.changed().equals(changed) || known.size() != Files.size(file)) {
            known = new Known(changed, Files.size(file), Digest.of(file));
            digests.put(file, known);
        }
        return known.sha256();
    }
}
