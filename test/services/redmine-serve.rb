# Serves Redmine on loopback. WEBrick is asked for first, since the list of packages that Redmine loads does not name it.
require 'webrick'
require File.join(ENV.fetch('REDMINE_HOME'), 'config/environment')
Rack::Handler::WEBrick.run(Rails.application, Host: '127.0.0.1', Port: ARGV.fetch(0).to_i, AccessLog: [],
                                              Logger: WEBrick::Log.new($stderr, WEBrick::Log::WARN))
