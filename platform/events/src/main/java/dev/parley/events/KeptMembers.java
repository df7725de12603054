package dev.parley.events;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The component of a record that takes the JSON members that no other component takes, and writes them again. */
@JacksonAnnotationsInside
@JsonAnyGetter
@JsonAnySetter
@JsonInclude(content = JsonInclude.Include.ALWAYS)
@Retention(RetentionPolicy.RUNTIME)
@interface KeptMembers {}
