package org.colonnade.web.frame;

import java.io.IOException;
import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * Serves our own styles and scripts. Their addresses hold a digest of all of them, so that a browser may keep them for
 * ever and still gets new ones with a new release, also those that scripts import from one another.
 */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration implements WebMvcConfigurer {

    private final FrameInterceptor frame;

    PagesConfiguration(FrameInterceptor frame) {
        this.frame = frame;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // Before all others: if one of them refuses, the page that says so has a frame too.
        registry.addInterceptor(frame).order(Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        try {
            registry.addResourceHandler("/assets/**")
                    .addResourceLocations("classpath:/assets/")
                    .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic())
                    .resourceChain(true)
                    .addResolver(new VersionResourceResolver().addFixedVersionStrategy(AssetDigest.compute(), "/**"));
        } catch (IOException e) {
            throw new IllegalStateException("The gateway's own styles and scripts cannot be read", e);
        }
    }
}
