{{/* Labels of everything of this release; call with (list $ "app"). */}}
{{- define "noiviec.labels" -}}
{{ include "noiviec.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version }}
{{- end }}

{{- define "noiviec.selector" -}}
app.kubernetes.io/name: noiviec
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "noiviec.image" -}}
{{ $values := (index . 0).Values }}{{ $values.image.repository }}/{{ index . 1 }}:{{ $values.image.tag | default (index . 0).Chart.AppVersion }}
{{- end }}

{{- define "noiviec.keysClaim" -}}
{{ .Values.keys.existingClaim | default (printf "%s-keys" .Release.Name) }}
{{- end }}

{{/* The port of a URL, said or by its scheme. */}}
{{- define "noiviec.port" -}}
{{- $url := urlParse . }}
{{- regexFind ":[0-9]+$" $url.host | trimPrefix ":" | default (ternary 443 80 (eq $url.scheme "https")) }}
{{- end }}

{{- define "noiviec.meiliUrl" -}}
{{ .Values.meilisearch.url | default (printf "http://%s-meilisearch:7700" .Release.Name) }}
{{- end }}

{{/* What every process is told. */}}
{{- define "noiviec.environment" -}}
- { name: LOG_LEVEL, value: {{ .Values.logLevel | quote }} }
- { name: PUBLIC_URL, value: {{ required "publicUrl: set how the outside world reaches the platform" .Values.publicUrl | quote }} }
- { name: TRUSTED_PROXIES, value: {{ .Values.trustedProxies | quote }} }
{{- range $app, $_ := omit .Values.services "edge" }}
- { name: {{ upper $app }}_URL, value: {{ printf "http://%s-%s:8080" $.Release.Name $app | quote }} }
{{- end }}
{{- with .Values.otlpEndpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
{{- end }}
{{- end }}

{{/* What whoever holds data or events is told; call with the root. */}}
{{- define "noiviec.stores" -}}
- { name: DB_POOL, value: {{ .Values.database.pool | quote }} }
- { name: EVENTS, value: kafka }
- { name: KAFKA_BROKERS, value: {{ required "kafka.brokers: set host:port of the brokers" .Values.kafka.brokers | quote }} }
- { name: KAFKA_REPLICATION, value: {{ .Values.kafka.replication | quote }} }
{{- with .Values.kafka.sasl }}
{{- if .mechanism }}
- { name: KAFKA_SASL_MECHANISM, value: {{ .mechanism | quote }} }
- { name: KAFKA_SASL_USERNAME, value: {{ .username | quote }} }
- { name: KAFKA_SASL_PASSWORD_FILE, value: /secrets/kafka/password }
{{- end }}
{{- end }}
{{- if .Values.kafka.ssl }}
- { name: KAFKA_SSL, value: 'true' }
{{- if .Values.kafka.caSecret }}
- { name: KAFKA_SSL_CA_FILE, value: /secrets/kafka-ca/ca.crt }
{{- end }}
{{- end }}
{{- end }}

{{/* What one process is told besides; call with (list $ "app"). */}}
{{- define "noiviec.ownEnvironment" -}}
{{- $root := index . 0 }}{{- $app := index . 1 }}
{{- if ne $app "edge" }}
{{ include "noiviec.stores" $root }}
{{- end }}
{{- range $service, $settings := omit $root.Values.services "edge" }}
{{- if eq $app "prepare" }}
{{- /* An upgrade starts one beside those that there are. */}}
- { name: {{ upper $service }}_INSTANCES, value: {{ add1 $settings.maxReplicas | quote }} }
{{- end }}
{{- if eq $app "edge" }}
- { name: {{ upper $service }}_ADMIN_URL, value: {{ printf "http://%s-%s:9090" $root.Release.Name $service | quote }} }
{{- else if has $app (list $service "prepare") }}
- { name: {{ upper $service }}_DATABASE_URL_FILE, value: {{ printf "/secrets/databases/%s_database_url" $service | quote }} }
{{- end }}
{{- end }}
{{- if eq $app "edge" }}
- { name: REFERENCE_URL, value: {{ printf "http://%s-matching:8080/api/v1/matching/reference" $root.Release.Name | quote }} }
{{- end }}
{{- if eq $app "identity" }}
- { name: ADMIN_EMAIL, value: {{ $root.Values.administrator.email | quote }} }
- { name: ADMIN_PASSWORD_FILE, value: /secrets/administrator/admin_password }
{{- end }}
{{- if eq $app "matching" }}
- { name: SEARCH, value: {{ $root.Values.meilisearch.engine | quote }} }
{{- if eq $root.Values.meilisearch.engine "meilisearch" }}
- { name: MEILI_URL, value: {{ include "noiviec.meiliUrl" $root | quote }} }
- { name: MEILI_KEY_FILE, value: /secrets/meilisearch/meili_key }
{{- end }}
{{- end }}
{{- with $root.Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Call with (list $ "app"): a service sees its own secrets only, and the edge none. */}}
{{- define "noiviec.volumes" -}}
{{- $root := index . 0 }}{{- $app := index . 1 }}
- name: tmp
  emptyDir: {}
{{- if not (has $app (list "edge" "prepare")) }}
- name: keys
  persistentVolumeClaim: { claimName: {{ include "noiviec.keysClaim" $root }} }
{{- end }}
{{- if ne $app "edge" }}
- name: databases
  secret:
    secretName: {{ $root.Values.database.existingSecret }}
    defaultMode: 0440
    {{- if ne $app "prepare" }}
    items: [{ key: {{ $app }}_database_url, path: {{ $app }}_database_url }]
    {{- end }}
{{- end }}
{{- if and (eq $app "matching") (eq $root.Values.meilisearch.engine "meilisearch") }}
- name: meilisearch
  secret: { secretName: {{ $root.Values.meilisearch.existingSecret }}, defaultMode: 0440 }
{{- end }}
{{- if ne $app "edge" }}
{{- with $root.Values.kafka }}
{{- if .sasl.mechanism }}
- name: kafka
  secret: { secretName: {{ required "kafka.sasl.existingSecret: name a secret with the key password" .sasl.existingSecret }}, defaultMode: 0440 }
{{- end }}
{{- if .caSecret }}
- name: kafka-ca
  secret: { secretName: {{ .caSecret }}, defaultMode: 0440 }
{{- end }}
{{- end }}
{{- end }}
{{- if eq $app "identity" }}
- name: administrator
  secret: { secretName: {{ $root.Values.administrator.existingSecret }}, defaultMode: 0440 }
{{- end }}
{{- end }}

{{- define "noiviec.volumeMounts" -}}
{{- $root := index . 0 }}{{- $app := index . 1 }}
- { name: tmp, mountPath: /tmp }
{{- if not (has $app (list "edge" "prepare")) }}
- { name: keys, mountPath: /keys }
{{- end }}
{{- if ne $app "edge" }}
- { name: databases, mountPath: /secrets/databases, readOnly: true }
{{- end }}
{{- if and (eq $app "matching") (eq $root.Values.meilisearch.engine "meilisearch") }}
- { name: meilisearch, mountPath: /secrets/meilisearch, readOnly: true }
{{- end }}
{{- if ne $app "edge" }}
{{- with $root.Values.kafka }}
{{- if .sasl.mechanism }}
- { name: kafka, mountPath: /secrets/kafka, readOnly: true }
{{- end }}
{{- if .caSecret }}
- { name: kafka-ca, mountPath: /secrets/kafka-ca, readOnly: true }
{{- end }}
{{- end }}
{{- end }}
{{- if eq $app "identity" }}
- { name: administrator, mountPath: /secrets/administrator, readOnly: true }
{{- end }}
{{- end }}
