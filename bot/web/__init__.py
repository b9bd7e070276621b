"""The pages and hooks an installation with a public address serves: webhooks, uploads, downloads, health."""
