package dev.ragline.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Left out of a user's {@code mvn verify}, which names it; {@code CI=true} runs it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfEnvironmentVariable(
    named = "CI",
    matches = "true",
    disabledReason = "takes minutes; CI=true runs it")
public @interface TakesMinutes {}
