package org.colonnade.web.error;

import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.colonnade.jobs.TooManyJobsException;
import org.colonnade.storage.TooLargeException;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemException.Wrong;
import org.colonnade.web.ProblemType;
import org.colonnade.web.request.BodyTooLargeException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import tools.jackson.core.JacksonException;

/** Reads exceptions. What it does not know is our own mistake, and tells nobody more than that. */
final class TroubleReader {

    /** PostgreSQL's states for a text with NUL, as it is and as JSON writes it. */
    private static final Set<String> NO_TEXT = Set.of("22021", "22P05");

    private TroubleReader() {}

    static Trouble read(Throwable e) {
        return switch (e) {
            case ProblemException problem -> ofProblem(problem);
            case TooManyJobsException tooMany ->
                Trouble.of(ProblemType.TOO_MANY_REQUESTS, message(tooMany)).retryAfter(60);
            case TooLargeException large -> Trouble.of(ProblemType.TOO_LARGE, message(large));
            case BodyTooLargeException large -> Trouble.of(ProblemType.TOO_LARGE, message(large));
            case MaxUploadSizeExceededException large ->
                Trouble.of(ProblemType.TOO_LARGE, "The upload is larger than what is taken");
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case MethodArgumentNotValidException invalid -> invalid(ofBinding(invalid.getBindingResult()));
            case HandlerMethodValidationException invalid -> invalid(ofParameters(invalid));
            case ConstraintViolationException invalid ->
                invalid(invalid.getConstraintViolations().stream()
                        .map(violation -> new Wrong(violation.getPropertyPath().toString(), violation.getMessage()))
                        .toList());
            case MethodArgumentTypeMismatchException mismatch ->
                invalid(List.of(new Wrong(mismatch.getName(), "is not " + kind(mismatch))));
            case MissingServletRequestParameterException missing ->
                invalid(List.of(new Wrong(missing.getParameterName(), "is missing")));
            case MissingServletRequestPartException missing ->
                invalid(List.of(new Wrong(missing.getRequestPartName(), "is missing")));
            case MultipartException form -> Trouble.of(ProblemType.MALFORMED, "The form's parts cannot be read");
            case InvalidParameterException parameters ->
                Trouble.of(ProblemType.MALFORMED, "The parameters in the address or the form cannot be read");
            case RequestRejectedException rejected ->
                Trouble.of(ProblemType.MALFORMED, "The request has characters that no parameter may have");
            case HttpMediaTypeNotSupportedException type -> unsupported(type);
            case ErrorResponse known -> ofStatus(known);
            case DataIntegrityViolationException data
            when isNoText(data) ->
                Trouble.of(ProblemType.INVALID_INPUT, "A text contains a character that is no text (NUL)");
            case CannotGetJdbcConnectionException database -> databaseAway();
            case CannotCreateTransactionException database -> databaseAway();
            case TransientDataAccessException database -> databaseAway();
            case NonTransientDataAccessResourceException database -> databaseAway();
            default -> Trouble.of(ProblemType.INTERNAL, "");
        };
    }

    private static Trouble ofProblem(ProblemException problem) {
        Trouble trouble = Trouble.of(problem.type(), problem.detail()).with(problem.wrong());
        return problem.retryAfter() == null
                ? trouble
                : trouble.retryAfter(Math.max(1, problem.retryAfter().toSeconds()));
    }

    private static Trouble unreadable(HttpMessageNotReadableException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException large) {
                return read(large);
            }
            if (cause instanceof JacksonException json && !(json.getCause() instanceof IOException)) {
                return JsonTrouble.of(json);
            }
        }
        return Trouble.of(ProblemType.MALFORMED, "The request's body is missing or cannot be read");
    }

    private static Trouble invalid(List<Wrong> wrong) {
        String detail = wrong.isEmpty() ? "" : wrong.getFirst().sentence();
        return Trouble.of(ProblemType.INVALID_INPUT, detail).with(wrong);
    }

    private static List<Wrong> ofBinding(BindingResult binding) {
        List<Wrong> wrong = new ArrayList<>();
        binding.getAllErrors()
                .forEach(error -> wrong.add(new Wrong(
                        error instanceof FieldError field ? field.getField() : "",
                        error instanceof FieldError field && field.isBindingFailure()
                                ? "has the wrong type"
                                : text(error.getDefaultMessage()))));
        return wrong;
    }

    private static List<Wrong> ofParameters(HandlerMethodValidationException e) {
        List<Wrong> wrong = new ArrayList<>();
        e.getParameterValidationResults()
                .forEach(result -> result.getResolvableErrors()
                        .forEach(error -> wrong.add(new Wrong(
                                error instanceof FieldError field
                                        ? field.getField()
                                        : text(result.getMethodParameter().getParameterName()),
                                text(error.getDefaultMessage())))));
        return wrong;
    }

    private static Trouble unsupported(HttpMediaTypeNotSupportedException e) {
        String detail = e.getContentType() == null
                ? "The request does not say what type its content has"
                : e.getContentType() + " is not taken here";
        return Trouble.of(
                        ProblemType.UNSUPPORTED_TYPE,
                        e.getSupportedMediaTypes().isEmpty()
                                ? detail
                                : detail + "; possible are " + e.getSupportedMediaTypes())
                .with(e.getHeaders());
    }

    private static Trouble ofStatus(ErrorResponse known) {
        int status = known.getStatusCode().value();
        String detail = known.getBody().getDetail();
        // Spring's sentence about an unknown path speaks of static resources.
        return Trouble.of(status, status == 404 || status >= 500 || detail == null ? "" : detail)
                .with(new HttpHeaders(known.getHeaders()));
    }

    private static boolean isNoText(DataIntegrityViolationException e) {
        return e.getCause() instanceof SQLException sql && NO_TEXT.contains(sql.getSQLState());
    }

    private static Trouble databaseAway() {
        return Trouble.of(ProblemType.UNAVAILABLE, "The database does not answer. What was stored before is safe")
                .retryAfter(10);
    }

    private static String kind(TypeMismatchException e) {
        Class<?> type = e.getRequiredType();
        if (type == null) {
            return "as expected";
        }
        if (Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class)) {
            return "a whole or decimal number in range";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one of the known words";
        }
        return "of the right form";
    }

    private static String message(Exception e) {
        return text(e.getMessage());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
