# Rack::Attack in front of one reply, served by Puma.
#
#     ruby attack.rb throttle LIMIT SECONDS [LIMIT SECONDS…] [--retry-after]
#     ruby attack.rb allow2ban MAXRETRY FINDTIME BANTIME

require "active_support"
require "active_support/cache"
require "rack"
require "rack/attack"
require "puma"
require "puma/server"

kind, *figures = ARGV
Rack::Attack.throttled_response_retry_after_header = true if figures.delete("--retry-after")
Rack::Attack.cache.store = ActiveSupport::Cache::MemoryStore.new
figures = figures.map(&:to_i)
if kind == "throttle"
  figures.each_slice(2) do |limit, period|
    Rack::Attack.throttle("#{limit} in #{period}", limit: limit, period: period) { "everybody" }
  end
else
  maxretry, findtime, bantime = figures
  Rack::Attack.blocklist("ban") do
    Rack::Attack::Allow2Ban.filter("everybody", maxretry: maxretry, findtime: findtime, bantime: bantime) { true }
  end
end

hello = ->(_) { [200, { "Content-Type" => "text/plain", "Content-Length" => "5" }, ["hello"]] }
server = Puma::Server.new(Rack::Attack.new(hello), Puma::Events.null, min_threads: 8, max_threads: 8)
port = server.add_tcp_listener("127.0.0.1", 0).addr[1]
server.run
puts "ready #{port}"
$stdout.flush
$stdin.read
server.stop(true)
