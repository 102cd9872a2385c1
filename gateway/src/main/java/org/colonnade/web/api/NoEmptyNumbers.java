package org.colonnade.web.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.colonnade.web.ProblemException;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses {@code ?limit=}: what is described as a number is one, or is left out. A form of a page may send an empty field, a
 * script that does so has lost a value.
 */
@Configuration(proxyBeanMethods = false)
class NoEmptyNumbers implements HandlerInterceptor, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/v1/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            for (MethodParameter parameter : method.getMethodParameters()) {
                RequestParam described = parameter.getParameterAnnotation(RequestParam.class);
                if (described != null && isNumber(parameter)) {
                    String name = described.name().isEmpty()
                            ? parameter.getParameter().getName()
                            : described.name();
                    if ("".equals(request.getParameter(name))) {
                        throw ProblemException.invalid(name, "is empty; it takes a number, or is left out");
                    }
                }
            }
        }
        return true;
    }

    private static boolean isNumber(MethodParameter parameter) {
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(
                parameter.nestedIfOptional().getNestedParameterType());
        return Number.class.isAssignableFrom(type);
    }
}
