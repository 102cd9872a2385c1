package org.colonnade.execution.slurm;

import java.nio.file.Path;
import org.colonnade.execution.admission.Admission;
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
                            bean -> bean.supplier(context ->
                                    // Jobs are asked for late: the handlers that use a cluster are part of what makes
                                    // them.
                                    SlurmPlaces.open(
                                            name,
                                            cluster,
                                            work,
                                            context.beanProvider(Jobs.class)::getObject,
                                            context.bean(Admission.class),
                                            context.bean(StoredKeys.class)))));
        }
    }
}
