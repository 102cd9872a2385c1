package org.colonnade.execution.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.colonnade.execution.Command;
import org.colonnade.execution.place.Bundle;
import org.colonnade.execution.place.Handover;

/**
 * Brings a command to the cluster: its bundle into the object store, the addresses of that into a secret, and then the Job. All
 * three have the name of the run, so that doing it again changes nothing.
 */
final class Submission {

    private final KubernetesProperties.Cluster cluster;
    private final Api api;
    private final Bundles bundles;
    private final Manifests manifests;
    private final WorkFolder work;
    private volatile boolean guarded;

    Submission(KubernetesProperties.Cluster cluster, Api api, Bundles bundles, WorkFolder work) {
        this.cluster = cluster;
        this.api = api;
        this.bundles = bundles;
        this.manifests = new Manifests(cluster, bundles.endpoint());
        this.work = work;
    }

    /** @return the Job, also if it was submitted before and the answer was lost */
    Job submit(String name, Command command)
            throws IOException, InterruptedException, Api.RefusedException, Api.QuotaException {
        Optional<Job> before = api.find(name);
        Job job = before.isPresent() ? before.get() : create(name, command);
        api.own(name, job);
        return job;
    }

    private Job create(String name, Command command)
            throws IOException, InterruptedException, Api.RefusedException, Api.QuotaException {
        guard();
        Path bundle = pack(name, command);
        long bytes = Files.size(bundle);
        bundles.send(name, bundle);
        Files.delete(bundle);
        Duration validity = manifests.atMost(command.limits());
        api.put(manifests.secret(name, bundles.inputsAddress(name, validity), bundles.resultsAddress(name, validity)));
        return api.create(manifests.job(name, command.limits(), bytes));
    }

    /** Closes the network to pods of ours before the first of them starts. */
    void guard() throws IOException, InterruptedException {
        if (!guarded && !cluster.networks().isEmpty()) {
            api.put(manifests.policy());
            guarded = true;
        }
    }

    private Path pack(String name, Command command) throws IOException, InterruptedException {
        Path folder = work.outgoing(name);
        Map<String, Path> files = new HashMap<>();
        command.inputs().forEach((input, content) -> files.put("work/" + input, content));
        Map<String, Path> handover = Handover.write(
                command,
                cluster.programs(),
                file -> {
                    String tool = "tools/" + files.size() + "/" + file.getFileName();
                    files.put(tool, file);
                    return Manifests.FOLDER + "/" + tool;
                },
                folder);
        files.putAll(handover);
        Path bundle = folder.resolve("inputs.tar");
        try (var out = new BufferedOutputStream(Files.newOutputStream(bundle))) {
            Bundle.pack(files, out, Files::newInputStream);
        }
        return bundle;
    }
}
