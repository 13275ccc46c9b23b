# What the REST interface cannot do on a test instance: default data, settings, roles, custom fields, SQL.
# Reads a JSON list of [action, {arguments}] from standard input and writes a JSON list of results.
require 'json'

steps = JSON.parse($stdin.read)

# Plain SQL needs no Redmine.
def sql(input)
  require 'sqlite3'
  database = SQLite3::Database.new(input['file'], results_as_hash: true)
  database.busy_timeout = 10_000
  database.execute(input['sql'])
end

def setup(_input)
  Redmine::DefaultData::Loader.load('en')
  { rest_api_enabled: '1', issue_group_assignment: '1', cross_project_issue_relations: '1',
    default_language: 'en' }.each do |name, value|
    Setting[name] = value
  end
  admin = User.find_by_login('admin')
  admin.must_change_passwd = false
  admin.save!
  admin.api_key
end

def role(input)
  Role.create!(name: input['name'], permissions: input['permissions'].map(&:to_sym), issues_visibility: input['sees'],
               assignable: false).id
end

def field(input)
  kind = input['of'] == 'project' ? ProjectCustomField : IssueCustomField
  made = kind.create!(name: input['name'], field_format: 'list', possible_values: input['values'], is_for_all: true)
  made.trackers = Tracker.all if made.respond_to?(:trackers)
  made.save!
  made.id
end

def setting(input)
  Setting[input['name']] = input['value']
  true
end

unless steps.all? { |action, _| action == 'sql' }
  require 'webrick'
  require File.join(ENV.fetch('REDMINE_HOME'), 'config/environment')
end
results = steps.map { |action, input| send(action, input) }
# Rails may have written to standard output before.
puts "\n#{JSON.generate(results)}"
