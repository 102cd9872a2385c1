package org.colonnade.certification.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.colonnade.certification.CertificationProperties;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds the files that are imported whole: the configuration, and luminosity. JSON is bounded for the whole gateway. */
@Configuration(proxyBeanMethods = false)
class ImportedBodies {

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> importedBodiesFilter(CertificationProperties properties) {
        long limit = properties.maxImport().toBytes();
        var filter = new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                if (request.getContentLengthLong() > limit) {
                    response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
                } else {
                    chain.doFilter(new Bounded(request, limit), response);
                }
            }
        };
        var registration = new FilterRegistrationBean<OncePerRequestFilter>(filter);
        registration.addUrlPatterns("/api/v1/certification/luminosity", "/api/v1/certification/configuration");
        return registration;
    }

    /** A body of unknown length, read up to the limit. */
    private static final class Bounded extends HttpServletRequestWrapper {

        private final long limit;

        Bounded(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Stream(super.getInputStream(), limit);
        }
    }

    private static final class Stream extends ServletInputStream {

        private final ServletInputStream stream;
        private final long limit;
        private long read;

        Stream(ServletInputStream stream, long limit) {
            this.stream = stream;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = stream.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = stream.read(buffer, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > limit) {
                throw ProblemException.of(
                        ProblemType.TOO_LARGE, "The file is longer than the " + limit + " bytes that are imported");
            }
        }

        @Override
        public boolean isFinished() {
            return stream.isFinished();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            stream.setReadListener(listener);
        }
    }
}
