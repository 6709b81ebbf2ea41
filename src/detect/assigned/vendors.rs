#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "evaluated by the compiler, where a wrong index does not compile"
)]
//! Names of services that issue keys without a form of their own.

use crate::detect::context::Words;

/// Bits of the hashed first four letters of every distinctive name.
static FILTER: [u64; 256] = filter();

const fn filter() -> [u64; 256] {
    let text = DISTINCTIVE.as_bytes();
    let mut bits = [0; 256];
    let mut at = 0;
    while at + 4 <= text.len() {
        let begins = at == 0 || !text[at - 1].is_ascii_alphanumeric();
        if begins && text[at].is_ascii_alphanumeric() {
            assert!(text[at + 3].is_ascii_alphanumeric(), "a distinctive name has at least four letters");
            let bit = hash(text[at], text[at + 1], text[at + 2], text[at + 3]);
            bits[bit / 64] |= 1 << (bit % 64);
        }
        at += 1;
    }
    bits
}

const fn hash(a: u8, b: u8, c: u8, d: u8) -> usize {
    (u32::from_le_bytes([a, b, c, d]).wrapping_mul(0x9e37_79b1) >> 18) as usize
}

/// Whether a text may begin with a distinctive name; spaces in it do not count.
pub(in crate::detect) fn may_begin(text: &[u8]) -> bool {
    let mut letters = text.iter().filter(|b| **b != b' ');
    let mut next = || letters.next().copied().unwrap_or_default().to_ascii_lowercase();
    let bit = hash(next(), next(), next(), next());
    FILTER[bit / 64] >> (bit % 64) & 1 == 1
}

/// Whether one of the words may begin a distinctive name: hardly ever, if none does.
pub(in crate::detect) fn may_hold(words: &Words) -> bool {
    words.tails().any(may_begin)
}

/// Names that nothing else has: a long random value after one is its key.
pub(super) const DISTINCTIVE: &str = "
abuseipdb abyssale accuweather activecampaign acuityscheduling adafruit adobeio adyen aeroworkflow airbrake airtable airship
aiven akamai alegra algolia alibaba alicloud aliyun alienvault amadeus amplitude anthropic anypoint apacta apideck apiflash
apify apilayer apimatic apitemplate appcues appdynamics appfollow appsflyer appsynergy apptivo appveyor artifactory jfrog asana
assemblyai atera atlassian jira confluence bitbucket audd auth0 autodesk autoklose avaza aviationstack axonaut aylien ayrshare
azure bannerbear baremetrics beebole besnappy besttime bigcommerce billomat binance bitbar bitcoinaverage bitfinex bitly bitmex
bittrex blazemeter blitapp blockfrost blocknative blynk bombbomb boostnote borgbase braintree brandfetch branchio brevo
browserstack browshot bscscan buddyns budibase bugherd bugsnag buildkite bulksms buttercms caflou calendarific calendly
calorieninja campayn cannyio canva capsulecrm captaindata carboninterface cashboard caspio censys centralstation cerebras cexio
chartmogul chatfule checkio checkly checklyhq checkmarx checkvist circleci cisco clarifai clearbit clickhelp clickhouse
clicksend clickup cliengo clinchpad clockify clockworksms cloudconvert cloudelements cloudflare cloudimage cloudinary
cloudmersive cloudplan cloudsmith cloudways cloverly cloze clustdoc cockroachdb codacy codeclimate codecov codemagic codequiry
cohere coinapi coinbase coincap coingecko coinlayer coinlib coinmarketcap commercejs companyhub confluent contentful
contentstack conversiontools convertapi convertkit convier couchbase countrylayer coveralls craftmypdf crowdin crowdstrike
cryptocompare currencycloud currencyfreaks currencylayer currencyscoop currentsapi customerguru customerio d7network dailyco
databox databricks datadog datafire datagov datarobot dbtcloud deepai deepgram deepl deepseek delighted demio detectify
detectlanguage dfuse diffbot digicert digitalocean directus discord discourse disqus dnscheck docker dockerhub docparser documo
docusign doppler dotdigital dovico dreamhost dribbble droneci dropbox duffel duply dwolla dynadot dynalist dynatrace dyspatch
eagleeye easyinsight easypost edamam edenai elasticemail elasticsearch elevenlabs enablex endorlabs equinix etherscan etsy
eventbrite everhour exchangerate exchangeratesapi exportsdk extractorapi facebook faceplusplus fastforex fastly fastspring
feedier feedly fetchrss fibery figma fileio filestack finage financialmodelingprep findl finicity finnhub firebase firecrawl
fixerio flatio fleetbase flickr flightapi flightlabs flightstats flowflu flowroute flutterwave formbucket formcraft formio
formsite foursquare frameio freemius freshbooks freshdesk freshservice freshworks friendbuy fullstory fusebill fxmarket gengo
geoapify geocodify geocodio getemail getemails getgeoapi getgist getresponse getsandbox ghtoken github gitlab gitter glassnode
gocanvas gocardless godaddy goodreads google grafana graphcms graphhopper groovehq groq gtmetrix gumroad gyazo happyscribe
hashicorp heatmapapi hellosign helpcrunch helpscout hereapi heroku hetzner hiveage holidayapi honeybadger honeycomb hostinger
html2pdf hubspot huggingface hunterio hybiscus hypertrack iconfinder iexapis iexcloud imagekit imagga imgur influxdb infobip
infracost infura insightly instabot instagram instamojo instana intercom interseller intrinio invoiceocean ipapi ipgeolocation
ipify ipinfo ipinfodb ipquality ipstack jenkins jotform jumpcloud jumpseller kaggle kakao kaleyra kanbantool karmacrm keenio
keycloak kickbox klaviyo klipfolio knapsackpro kontent korbit kucoin kylas landbot langchain langfuse langsmith languagelayer
larksuite launchdarkly leadfeeder lemlist lemonsqueezy lendflow lessannoyingcrm lexigram linkedin linkpreview linode liveagent
livestorm loadmill loggly loginradius logzio logz lokalise loyverse lunchmoney luno macaddressio madkudu magento mailboxlayer
mailchimp mailerlite mailersend mailgun mailjet mailmodo mailsac mailtrap mandrill mapbox mapquest marketstack mattermost
mavenlink maxmind meaningcloud mediastack meilisearch meistertask memcachier meraki mercadopago mesibo messagebird metaapi
metabase metrilo midtrans mindmeister mistral mixmax mixpanel mojoauth mollie mongodb monkeylearn moonclerk moonpay moosend
moralis mrticktock myfreshworks myintervals nasdaqdatalink netdata nethunt netlify neutrinoapi newrelic newsapi newscatcher
nexmo nftport ngrok nicereply nightfall nozbe numverify nutritionix nvidia nylas nytimes oanda ocrspace okta omnisend onedesk
onelogin onepagecrm onepassword onesignal onfleet oopspam openai opencage opencagedata opengraphr openrouter openuv openweather
openweathermap opsgenie optidash optimizely orbitalapi ordnancesurvey overloop owlbot packagecloud pagarme pagerduty pandadoc
pandascore papyrs paralleldots parsehub parseur partnerstack passbase pastebin paydirtapp paymo paymongo paypal paystack pdflayer
pdfshift peopledatalabs pepipost perplexity phantombuster pinata pinecone pinterest pipedream pipedrive pivotaltracker pixabay
plaid planetscale planviewleankit planyo plivo podio pollsapi poloniex polygonscan positionstack postageapi posthog postman
postmark powrbot prefect prodpad prospectcrm protocolsio proxycrawl pubnub pulumi purestake pushbullet pushover qase qualaroo
qualtrics qubole quickmetrics quicknode rapidapi rawg razorpay rebrandly refiner rockset noticeable zonka jina kagi voyageai anyscale replit rootly statsig tinybird turso typesense qdrant weaviate
milvus vapi retell livekit daytona browserbase lambdalabs vastai paperspace civo exoscale upcloud ovhcloud vanta drata persona onfido sumsub
truelayer moneybird quickbooks avalara easyship shipstation shipengine ebay walmart alpaca alphavantage iexcloud kucoin bybit huobi gateio
bitstamp bitpanda deribit opensea recaptcha recurly reddit removebg rentman repairshopr
replyio requestfinance restpack revampcrm revenuecat ringcentral ritekit robinhood rocketreach rollbar roninapp route4me rownd
rubygems runpod runrunit salesblink salescookie salesflare salesforce salesmate sanityio satismeter saucelabs scaleway scalingo
scalr scrapeowl scraperapi scraperbox scraperstack scrapfly scrapingant scrapingbee screenshotapi screenshotlayer scrutinizer
securitytrails selectpdf sendbird sendgrid sendinblue sendpulse sendx serphouse serpapi serpstack servicenow settlemint sheety
sherpadesk shipday shippo shodan shopify shotstack shutterstock sidekiq sigopt signable signalwire signaturit signupgenius
simfin simplesat simplybook simplynoted simvoly sinch sirv siteleaf skrapp skrappio skybiometry smartsheet smartsheets
smartystreets smooch snipcart snowflake snyk softlayer solarwinds sonar sonarcloud sonarqube sourcegraph sparkpost
speechtextai splunk spoonacular sportradar sportsmonk spotify spotinst squareup squarespace statuscake statuspage statuspal
stitchdata stockdata storecove stormboard stormglass storyblok storychief strava stripe stripo stytch sugester sumologic supabase
supernotes surveyanyplace surveybot surveymonkey surveysparrow survicate swiftype tableau tailscale tallyfy tatumio taxjar
teamcity teamgate teamviewer teamwork teamworkcrm teamworkdesk teamworkspaces tefter telegram teletype telnyx tencent terraform
text2data textmagic theoddsapi thinkific thousandeyes ticketmaster tickettailor tiingo timecamp timekit timezoneapi tmetric
todoist toggl tokeet tomorrowio tomtom tradier transferwise transifex travelpayouts travisci trello truenas trustpilot tumblr
twelvedata twilio twitch twitter tyntec typeform typetalk ubidots uclassify unifyid unplugg unsplash upcdatabase uplead
uploadcare uploadio upstash uptimerobot upwave urlscan userflow userstack vagrantcloud vatlayer vbout vercel verimail veriphone
versioneye viewneo vimeo virustotal visualcrossing voicegain vonage voodoosms vouchery vpnapi vultr vyte wakatime walkscore
wandb weatherbit weatherstack webex webflow webscraper websitepulse wepay whatcms whoxy wistia woocommerce wordpress workato
workday workstack wrike xero yahoo yandex yelp yext yodlee youneedabudget yousign youtube zapier zendesk zenkit zenrows
zenscrape zenserp zeplin zerobounce zerotier zipapi zipbooks zipcodeapi zipcodebase zoho zohocrm zonkafeedback zulip zuora zuplo
";

/// Names that are words or short as well: they need a word such as `key` beside them.
pub(super) const COMMON: &str = "
abstract adobe agora aha airtower alchemy amazon apollo appointedd aws artsy autopilot aweber baseten beamer bing blogger box brave
branch bubble buddy buffer checkout clerk close coda column commodities copper courier cronitor crossref daily dandelion deputy
ditto drift drone elastic enigma envoy exa facebookads fireworks float fly front gcp gemini geocode ghost guardian guru happi
harness harvest heap here hive holistic hotjar humanity ibm impala juro kairos karma kayako kraken lark line linear lob looker
luma magnetic manifest mercury miro mite monday mux neon nest nimble nitro notion  npm nuget oracle paddle parsers payu
percy phrase polar polygon postgres privacy proxy pusher pypi rabbitmq railway ramp raven readme redis  render replicate
resend rev roaring sanity segment semaphore sentiment sentry shopee shortcut slack spaces split square stability streak sumo
surge swell tavily together twist vault verifier weather webhook wit wiz xai zoom dd do gh gl hf tg fb ado
";
