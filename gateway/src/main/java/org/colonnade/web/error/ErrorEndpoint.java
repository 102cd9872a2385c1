package org.colonnade.web.error;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.colonnade.web.ProblemType;
import org.colonnade.web.request.FrontDoors;
import org.colonnade.web.request.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Answers what filters refuse, and what fails outside of controllers: the servlet container sends it here. */
@Controller
class ErrorEndpoint implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorEndpoint.class);

    private final TroubleAnswer answer;

    ErrorEndpoint(TroubleAnswer answer) {
        this.answer = answer;
    }

    @RequestMapping("/error")
    ModelAndView error(HttpServletRequest request, HttpServletResponse response) {
        if (!(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status)) {
            // Nothing failed: somebody opened this address.
            return answer.answer(Trouble.of(ProblemType.NOT_FOUND, ""), request, response);
        }
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
            Trouble trouble = TroubleReader.read(failure.getCause() == null ? failure : failure.getCause());
            LOG.error(
                    "{} {} failed, reference {}",
                    request.getMethod(),
                    FrontDoors.path(request),
                    Reference.of(request),
                    failure);
            return answer.answer(trouble, request, response);
        }
        return answer.answer(Trouble.of(status, sentence(request, status)), request, response);
    }

    /** What a filter of ours said when it refused; servers and frameworks only repeat the status in words. */
    private static String sentence(HttpServletRequest request, int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return status < 500
                        && request.getAttribute(RequestDispatcher.ERROR_MESSAGE) instanceof String message
                        && (known == null || !message.equals(known.getReasonPhrase()))
                ? message
                : "";
    }
}
