package org.colonnade.execution.slurm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import org.colonnade.execution.ssh.SshEndpoint;
import org.colonnade.execution.ssh.SshKeys;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Jobs;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Makes a place of each configured cluster. */
@Configuration(proxyBeanMethods = false)
@Import(SlurmConfiguration.Clusters.class)
class SlurmConfiguration {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(20);

    static final class Clusters implements BeanRegistrar {

        @Override
        public void register(BeanRegistry registry, Environment environment) {
            SlurmProperties properties =
                    Binder.get(environment).bindOrCreate("colonnade.execution.slurm", SlurmProperties.class);
            Path work = Path.of(environment.getProperty("colonnade.data", "data"), "slurm");
            properties
                    .clusters()
                    .forEach((name, cluster) -> registry.registerBean(
                            "slurm-" + name,
                            SlurmPlace.class,
                            bean -> bean.supplier(context -> {
                                // Asked for when needed: the handlers that use this place are part of what makes jobs.
                                var jobs = context.beanProvider(Jobs.class);
                                Consumer<JobId> wake = id -> jobs.getObject().wake(id);
                                return new SlurmPlace(
                                        name, cluster, endpoint(name, cluster), work, InstantSource.system(), wake);
                            })));
        }
    }

    private static SshEndpoint endpoint(String name, SlurmProperties.Cluster cluster) {
        try {
            return new SshEndpoint(
                    cluster.host(),
                    cluster.port(),
                    cluster.user(),
                    cluster.hostKeys().stream().map(SshKeys::publicKey).toList(),
                    credential(cluster),
                    cluster.jump(),
                    CONNECTION_TIMEOUT);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new IllegalStateException("Cluster '" + name + "': " + e.getMessage(), e);
        }
    }

    private static SshEndpoint.Credential credential(SlurmProperties.Cluster cluster) {
        Path key = cluster.privateKey();
        if (key == null) {
            return new SshEndpoint.Password(Objects.requireNonNull(cluster.password()));
        }
        try {
            return new SshEndpoint.Key(SshKeys.privateKey(Files.readString(key), cluster.passphrase()));
        } catch (IOException e) {
            throw new UncheckedIOException("The private key " + key + " cannot be read", e);
        }
    }
}
