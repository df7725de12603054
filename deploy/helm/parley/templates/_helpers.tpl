{{/* Whom each service calls, as the first page's drawing has it, and what else it reaches. All but auth-service also fetch the
     keys of tokens from auth-service; with encryption, conversation-, media- and presence-service those of conversations from
     message-service. */}}
{{- define "parley.topology" -}}
gateway: { calls: [auth, conversation, message, presence, media, notification], stores: false }
auth: { calls: [presence, conversation], stores: true }
conversation: { calls: [auth, message, media], stores: true }
message: { calls: [auth, conversation, media], stores: true }
presence: { calls: [auth, conversation, message, media], stores: true }
media: { calls: [auth, conversation], keysFrom: message, stores: true, internet: true }
notification: { calls: [auth, conversation, presence, message], stores: true, internet: true }
{{- end -}}

{{/* What one service is installed with: the context of all other templates, for each service that is enabled. */}}
{{- define "parley.services" -}}
{{- $services := dict -}}
{{- range $name, $known := fromYaml (include "parley.topology" .) -}}
{{- $values := mustMergeOverwrite (deepCopy $.Values.defaults) (deepCopy (index $.Values $name)) -}}
{{- if $values.enabled -}}
{{- $calls := $known.calls -}}
{{- if and $known.keysFrom (eq $.Values.encryption.mode "server") -}}
{{- $calls = append $calls $known.keysFrom -}}
{{- end -}}
{{- $_ := set $services $name (merge (dict "name" $name "fullName" (printf "%s-%s" $.Values.platform $name) "calls" $calls "values" $values) $known) -}}
{{- end -}}
{{- end -}}
{{- toYaml $services -}}
{{- end -}}

{{- define "parley.selector" -}}
app.kubernetes.io/name: parley
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .service.name }}
{{- end -}}

{{/* Finds a service of the platform whatever release installed it. */}}
{{- define "parley.peer" -}}
app.kubernetes.io/part-of: {{ .platform }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{- define "parley.labels" -}}
{{ include "parley.selector" . }}
app.kubernetes.io/part-of: {{ .root.Values.platform }}
app.kubernetes.io/version: {{ .root.Values.image.tag | default .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* The port of actuator: the gateway's own is open to clients. */}}
{{- define "parley.managementPort" -}}
{{- if eq .service.name "gateway" }}management{{ else }}http{{ end -}}
{{- end -}}

{{/* A variable whose value is in a Secret; nothing if no Secret is named. */}}
{{- define "parley.secretVariable" -}}
{{- if .from.name }}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ .from.name }}
      key: {{ .from.key }}
{{- end -}}
{{- end -}}

{{- define "parley.variable" -}}
{{- if ne (toString .value) "" }}
- name: {{ .variable }}
  value: {{ .value | toString | quote }}
{{- end -}}
{{- end -}}

{{/* A network policy's ports, and who is at the other side; an empty list means everybody. */}}
{{- define "parley.egress" -}}
- ports:
    {{- range .ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
  {{- with .to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* What the schema cannot say: values that do not go together. */}}
{{- define "parley.check" -}}
{{- $values := .Values -}}
{{- if and (hasPrefix "SASL" $values.kafka.securityProtocol) (not $values.secrets.kafkaJaasConfig.name) -}}
{{- fail (printf "kafka.securityProtocol is %s: secrets.kafkaJaasConfig.name must name the Secret with the user and the password" $values.kafka.securityProtocol) -}}
{{- end -}}
{{- if eq $values.encryption.mode "server" -}}
{{- if not $values.secrets.masterKeys -}}
{{- fail "encryption.mode is server: secrets.masterKeys must name a key" -}}
{{- end -}}
{{- if and (gt (len $values.secrets.masterKeys) 1) (not (hasKey $values.secrets.masterKeys $values.encryption.currentKey)) -}}
{{- fail "encryption.currentKey must be the id of one of secrets.masterKeys" -}}
{{- end -}}
{{- end -}}
{{- if and $values.externalSecret.enabled (not $values.externalSecret.store.name) -}}
{{- fail "externalSecret.enabled: externalSecret.store.name must name the store" -}}
{{- end -}}
{{- if and $values.ingress.enabled (not $values.ingress.hosts) -}}
{{- fail "ingress.enabled: ingress.hosts must name a host" -}}
{{- end -}}
{{- if and $values.httpRoute.enabled (not $values.httpRoute.parentRefs) -}}
{{- fail "httpRoute.enabled: httpRoute.parentRefs must name a Gateway" -}}
{{- end -}}
{{- with index (fromYaml (include "parley.services" .)) "media" -}}
{{- if and (eq (include "parley.oneWriter" .) "true") (or .values.autoscaling.enabled (gt (int .values.replicas) 1)) -}}
{{- fail "media.storage.folder.accessMode is ReadWriteOnce: media must have one replica, and no autoscaling" -}}
{{- end -}}
{{- end -}}
{{- end -}}
