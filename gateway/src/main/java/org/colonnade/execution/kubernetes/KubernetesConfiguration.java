package org.colonnade.execution.kubernetes;

import java.nio.file.Path;
import org.colonnade.execution.admission.Admission;
import org.colonnade.execution.place.ClusterAdapter;
import org.colonnade.jobs.Jobs;
import org.colonnade.storage.StorageProperties;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Makes a place of each configured cluster. */
@Configuration(proxyBeanMethods = false)
@Import(KubernetesConfiguration.Clusters.class)
class KubernetesConfiguration {

    static final class Clusters implements BeanRegistrar {

        @Override
        public void register(BeanRegistry registry, Environment environment) {
            KubernetesProperties properties =
                    Binder.get(environment).bindOrCreate("colonnade.execution.kubernetes", KubernetesProperties.class);
            Path work = Path.of(environment.getProperty("colonnade.data", "data"), "kubernetes");
            properties
                    .clusters()
                    .forEach((name, cluster) -> registry.registerBean(
                            "kubernetes-" + name,
                            ClusterAdapter.class,
                            bean -> bean.supplier(context ->
                                    // Jobs are asked for late: the handlers that use a cluster are part of what makes
                                    // them.
                                    KubernetesPlaces.open(
                                            name,
                                            cluster,
                                            context.bean(StorageProperties.class)
                                                    .s3(),
                                            work,
                                            context.beanProvider(Jobs.class)::getObject,
                                            context.bean(Admission.class)))));
        }
    }
}
