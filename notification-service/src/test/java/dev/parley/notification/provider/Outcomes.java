package dev.parley.notification.provider;

/** Outcomes in words, for assertions. */
public final class Outcomes {

    private Outcomes() {}

    public static String meaning(PushOutcome outcome) {
        return outcome.accept(new PushOutcome.Visitor<>() {
            @Override
            public String accepted(PushOutcome.Accepted accepted) {
                return "accepted";
            }

            @Override
            public String retry(PushOutcome.Retry retry) {
                return "retry: " + retry.reason() + " after " + retry.after();
            }

            @Override
            public String tokenGone(PushOutcome.TokenGone gone) {
                return "gone: " + gone.reason();
            }

            @Override
            public String refused(PushOutcome.Refused refused) {
                return "refused: " + refused.reason();
            }
        });
    }
}
