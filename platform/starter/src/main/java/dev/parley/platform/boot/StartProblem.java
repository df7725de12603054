package dev.parley.platform.boot;

import dev.parley.platform.error.Causes;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.convert.ConversionFailedException;

/** Why a service cannot start, in one sentence that names what to set. */
final class StartProblem {

    /** As the checks of settings begin their messages. */
    private static final Pattern SETTING = Pattern.compile("(parley\\.[\\w.\\-]+(?:\\[\\d+])?)[ :].+", Pattern.DOTALL);

    /** Of settings whose values are not shown. */
    private static final Pattern SECRET = Pattern.compile(".*\\b(?:secret|keys?|password|token|credentials|uri)\\b.*");

    /** Variables that the defaults of all services give a name of their own. */
    private static final Map<String, String> NAMED =
            Map.of("parley.service-secret", "PARLEY_SERVICE_SECRET", "server.port", "PORT");

    private StartProblem() {}

    /** Empty if the failure is none that an operator can mend. */
    static Optional<String> of(Throwable failure) {
        return said(failure)
                .or(() -> port(failure))
                .or(() -> setting(failure))
                .or(() -> refused(failure))
                .or(() -> value(failure));
    }

    private static Optional<String> said(Throwable failure) {
        return Causes.of(failure)
                .filter(StartupException.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst();
    }

    private static Optional<String> port(Throwable failure) {
        return Causes.of(failure)
                .filter(PortInUseException.class::isInstance)
                .map(PortInUseException.class::cast)
                .map(taken ->
                        "port " + taken.getPort() + " is taken; end what listens there, or set PORT to another one")
                .findFirst();
    }

    private static Optional<String> setting(Throwable failure) {
        return Causes.of(failure)
                .map(cause -> SETTING.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::matches)
                .map(said -> said.group() + " (" + variable(said.group(1)) + ")")
                .findFirst();
    }

    private static Optional<String> refused(Throwable failure) {
        return Causes.of(failure)
                .filter(InvalidConfigurationPropertyValueException.class::isInstance)
                .map(InvalidConfigurationPropertyValueException.class::cast)
                .map(invalid -> invalid.getName() + " cannot be used: " + invalid.getReason() + " ("
                        + variable(invalid.getName()) + ")")
                .findFirst();
    }

    private static Optional<String> value(Throwable failure) {
        return Causes.of(failure)
                .filter(BindException.class::isInstance)
                .map(BindException.class::cast)
                .reduce((outer, inner) -> inner)
                .map(StartProblem::value);
    }

    private static String value(BindException failure) {
        String name = failure.getName().toString();
        Class<?> type = Objects.requireNonNull(failure.getTarget().getType().resolve(Object.class));
        return name + " is " + shown(name, failure) + ", which is no " + type.getSimpleName() + " (" + variable(name)
                + ")";
    }

    private static String shown(String name, BindException failure) {
        return Causes.of(failure)
                .filter(cause -> !SECRET.matcher(name).matches())
                .filter(ConversionFailedException.class::isInstance)
                .map(cause -> "'" + ((ConversionFailedException) cause).getValue() + "'")
                .findFirst()
                .orElse("***");
    }

    /** The variable of the environment that sets a property, such as {@code PARLEY_OUTBOX_MAXTRIES}. */
    static String variable(String property) {
        String plain = property.replace("-", "").replaceAll("[.\\[]", "_").replace("]", "");
        return NAMED.getOrDefault(property, plain.toUpperCase(Locale.ROOT));
    }
}
