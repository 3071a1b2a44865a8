# shellcheck shell=bash
# Publishing a package, and whether the app lives afterwards. deploy.sh and rollback.sh do the same.

# publish package.zip
publish() {
  run az functionapp deployment source config-zip --resource-group "$RESOURCE_GROUP" --name "$APP_NAME" \
    --src "$1" --output none
  read_keys_again
}

# Key references are kept for a day; this fetches them now, and the app starts anew.
read_keys_again() {
  local app
  app=https://management.azure.com/subscriptions/$SUBSCRIPTION/resourceGroups/$RESOURCE_GROUP
  app+=/providers/Microsoft.Web/sites/$APP_NAME
  run az rest --method POST --url "$app/config/configreferences/appsettings/refresh?api-version=2024-11-01"
}

# What the connection doctor of the portal finds on every site that is in use. The release is live whatever it says.
doctor() {
  step 'The connection doctor, on every site that is in use' \
    "the release is live; do what the lines above say, or look at the site's doctor in the portal (docs/operations.md)"
  run npm run doctor --silent -- --storage "https://$STORAGE_NAME.table.core.windows.net"
}

post_checks() {
  step 'It answers, and so does everything that it needs' \
    "open https://$APP_NAME.azurewebsites.net/health: it names what does not answer; docs/operations.md says what to do"
  patiently curl --silent --show-error --fail --max-time 30 "https://$APP_NAME.azurewebsites.net/health"
  patiently curl --silent --show-error --fail --max-time 30 --output /dev/null \
    "https://$APP_NAME.azurewebsites.net/.well-known/jwks.json"
}
