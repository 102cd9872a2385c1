package org.colonnade.identity.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.colonnade.identity.Visitor;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives controllers the {@link Visitor} they ask for; the API's description does not mention this parameter. */
@Component
class VisitorArgument implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Visitor.class);
    }

    private final Guests guests;

    VisitorArgument(Guests guests) {
        this.guests = guests;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Visitor.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binder) {
        if (request.getNativeRequest() instanceof HttpServletRequest servlet) {
            // Nobody was identified if an earlier filter refused the request and this is its error page.
            return servlet.getAttribute(IdentificationFilter.VISITOR) instanceof Visitor visitor
                    ? visitor
                    : guests.byAddress(servlet.getRemoteAddr());
        }
        throw new IllegalStateException("Not a servlet request");
    }
}
