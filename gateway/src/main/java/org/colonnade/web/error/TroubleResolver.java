package org.colonnade.web.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.colonnade.web.frame.FrameInterceptor;
import org.colonnade.web.request.FrontDoors;
import org.colonnade.web.request.Reference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Answers every exception that leaves a controller and that the controller itself does not handle. */
@Component
class TroubleResolver implements HandlerExceptionResolver, WebMvcConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(TroubleResolver.class);

    private final TroubleAnswer answer;
    private final FrameInterceptor frame;

    TroubleResolver(TroubleAnswer answer, FrameInterceptor frame) {
        this.answer = answer;
        this.frame = frame;
    }

    /** After the handlers in controllers, before what Spring would do by default. */
    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.add(1, this);
    }

    @Override
    public ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        if (response.isCommitted() || e instanceof AsyncRequestNotUsableException || isGone(e)) {
            return new ModelAndView();
        }
        Trouble trouble = TroubleReader.read(e);
        if (trouble.status() >= 500) {
            report(request, trouble, e);
        }
        frame.provide(request);
        return answer.answer(trouble, request, response);
    }

    /** What was found out before, and said so, is no failure of ours. */
    private static void report(HttpServletRequest request, Trouble trouble, Exception e) {
        String method = request.getMethod();
        String path = FrontDoors.path(request);
        String reference = Reference.of(request);
        boolean known = e instanceof ProblemException || e instanceof ErrorResponse;
        if (known && trouble.type() == ProblemType.UNAVAILABLE) {
            LOG.warn("{} {} was refused, reference {}: {}", method, path, reference, e.getMessage());
        } else {
            LOG.error("{} {} failed, reference {}", method, path, reference, e);
        }
    }

    /** The one who asked did not wait for the answer. */
    private static boolean isGone(Exception e) {
        return e instanceof IOException && e.getClass().getSimpleName().equals("ClientAbortException");
    }
}
