// Swagger UI, fed by this server alone: no validator, no stored tokens.
window.SwaggerUIBundle({
  url: "openapi.yaml",
  dom_id: "#document",
  deepLinking: true,
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
});
